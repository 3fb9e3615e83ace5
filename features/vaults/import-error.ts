import { Trouble } from '@/lib/trouble';

/** Something about the folder or the options that the person importing can mend. */
export class ImportError extends Trouble {
  constructor(message: string) {
    super(message, 2);
  }
}
