import { missing } from '@/app/elsewhere';

export const instant = false;

/** No other page of the studio exists. */
export default () => missing();
