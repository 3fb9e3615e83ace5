export { Trouble } from '@/lib/trouble';
