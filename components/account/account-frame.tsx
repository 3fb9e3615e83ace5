import type { ReactNode } from 'react';
import type { Visit } from '@/components/making';
import { Counter } from '@/components/site/counter';
import { SideMenu } from '@/components/ui/side-menu';
import { accountPageWords } from '@/lib/language/account-pages';
import type { InterfaceLanguage } from '@/lib/language/words';

const PAGES = {
  profile: '/account',
  security: '/account/security',
  sessions: '/account/sessions',
  downloads: '/account/downloads',
  data: '/account/data',
};

type Props = {
  language: InterfaceLanguage;
  visit: Visit | null;
  page: keyof typeof PAGES;
  lead?: string;
  children: ReactNode;
};

/** A page of one's own account. */
export function AccountFrame({ language, visit, page, lead, children }: Props) {
  const { menu } = accountPageWords(language);
  const { profile, security, sessions, downloads, data } = PAGES;
  const items = [
    { href: profile, label: menu.profile, current: page === 'profile' },
    { href: security, label: menu.security, current: page === 'security' },
    { href: sessions, label: menu.sessions, current: page === 'sessions' },
    { href: downloads, label: menu.downloads, current: page === 'downloads' },
    { href: data, label: menu.data, current: page === 'data' },
  ];
  return (
    <Counter language={language} visit={visit} title={menu[page]} lead={lead} wide>
      <div className="with-menu">
        <SideMenu label={menu.label} items={items} />
        <div className="with-menu-body">{children}</div>
      </div>
    </Counter>
  );
}
