import { formatBytes } from '@/lib/language/bytes';
import { formatMoment } from '@/lib/language/format';
import { shareWords } from '@/lib/language/shares';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  language: InterfaceLanguage;
  /** Where the form goes. */
  action: string;
  shared: {
    kind: 'file' | 'note';
    name: string;
    size: number | null;
    /** ISO 8601. */
    expiresAt: string;
    usesLeft: number | null;
    hasPassword: boolean;
  };
  problem: string | null;
};

/** What was shared, with a plain form: it works for anybody, without an account and without JavaScript. */
export function SharedView({ language, action, shared, problem }: Props) {
  const words = shareWords(language);
  const { kind, name, size, expiresAt, usesLeft, hasPassword } = shared;
  return (
    <form className="form" method="post" action={action}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <p>
        <strong>{name}</strong>
        {size !== null && ` · ${formatBytes(size, language)}`}
      </p>
      <p>
        {words.until(formatMoment(expiresAt, language))}
        {usesLeft !== null && `. ${words.left(usesLeft)}`}
      </p>
      {hasPassword && (
        <div className="field">
          <label htmlFor="share-password">{words.password}</label>
          <input id="share-password" name="password" type="password" required autoComplete="off" maxLength={256} />
        </div>
      )}
      <p className="actions">
        <button className="button" type="submit">
          {kind === 'file' ? words.download : words.read}
        </button>
      </p>
      {kind === 'file' && <p className="field-hint">{words.again}</p>}
    </form>
  );
}
