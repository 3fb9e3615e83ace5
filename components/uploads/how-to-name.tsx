import { CopyButton } from '@/components/ui/copy-button';
import { uploadWords } from '@/lib/language/uploads';
import type { InterfaceLanguage } from '@/lib/language/words';
import { howToName } from '@/lib/vault/how-to-name';

/** What to write in a note so that its readers see a file. */
export function HowToName({ name, language }: { name: string; language: InterfaceLanguage }) {
  const { copy, copied } = uploadWords(language);
  const written = howToName(name);
  return (
    <span className="how-to-name">
      <code>{written}</code> <CopyButton text={written} label={copy} done={copied} />
    </span>
  );
}
