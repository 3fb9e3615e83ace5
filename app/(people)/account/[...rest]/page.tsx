import { missing } from '@/app/elsewhere';

export const instant = false;

/** No other page of an account exists. */
export default () => missing();
