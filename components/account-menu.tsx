import { accountWords } from '@/lib/language/account';
import type { InterfaceLanguage } from '@/lib/language/words';
import type { Visit } from './making';
import { Icon } from './ui/icon';

type Props = { visit: Visit | null; language: InterfaceLanguage; attributes?: { lang?: string } };

/** The way in, or for who is in, what is theirs. The browser opens it: it needs no script. */
export function AccountMenu({ visit, language, attributes }: Props) {
  const { menu } = accountWords(language);
  if (!visit) {
    return (
      <a className="account-link" href="/signin" {...attributes}>
        <Icon name="person" />
        <span>{menu.signIn}</span>
      </a>
    );
  }
  return (
    <>
      <button type="button" className="account-link" popoverTarget="account" {...attributes}>
        <Icon name="person" />
        <span className="account-name">{visit.name}</span>
      </button>
      <nav id="account" popover="auto" className="account-menu" aria-label={menu.label} {...attributes}>
        <ul>
          <li>
            <a href="/">{menu.home}</a>
          </li>
          <li>
            <a href="/account">{menu.account}</a>
          </li>
          {visit.studio && (
            <li>
              <a href="/studio">{menu.studio}</a>
            </li>
          )}
          <li>
            <form method="post" action="/signout">
              <button type="submit">{menu.signOut}</button>
            </form>
          </li>
        </ul>
      </nav>
    </>
  );
}
