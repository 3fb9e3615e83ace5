'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';

/** Recovery codes, shown this once, to be copied or printed. */
export function RecoveryCodes({ codes, language }: { codes: string[]; language: InterfaceLanguage }) {
  const { twoFactor: words } = accountPageWords(language);
  return (
    <section className="recovery" aria-labelledby="recovery-title">
      <h3 id="recovery-title">{words.codesTitle}</h3>
      <p>{words.codesLead}</p>
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p className="with-script actions">
        <CopyButton text={`${codes.join('\n')}\n`} label={words.copy} done={words.copied} />
        <button type="button" className="button button-plain" onClick={() => window.print()}>
          {words.print}
        </button>
      </p>
    </section>
  );
}
