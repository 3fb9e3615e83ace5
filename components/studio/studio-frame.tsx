import type { ReactNode } from 'react';
import type { Visit } from '@/components/making';
import { Counter } from '@/components/site/counter';
import { SideMenu } from '@/components/ui/side-menu';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

const AREAS = [
  ['home', '/studio'],
  ['people', '/studio/people'],
  ['invitations', '/studio/invitations'],
  ['groups', '/studio/groups'],
  ['files', '/studio/files'],
  ['shares', '/studio/shares'],
  ['downloads', '/studio/downloads'],
  ['audit', '/studio/audit'],
  ['settings', '/studio/settings'],
] as const;
export type StudioArea = (typeof AREAS)[number][0];

type Props = {
  language: InterfaceLanguage;
  visit: Visit | null;
  area: StudioArea;
  /** Which areas are open to whoever asks. */
  open: readonly StudioArea[];
  title: string;
  lead?: string;
  children: ReactNode;
};

/** A page of the studio. */
export function StudioFrame({ language, visit, area, open, title, lead, children }: Props) {
  const { menu } = studioWords(language);
  const items = AREAS.filter(([each]) => open.includes(each)).map(([each, href]) => ({
    href,
    label: menu[each],
    current: each === area,
  }));
  return (
    <Counter language={language} visit={visit} title={title} lead={lead} wide>
      <div className="with-menu studio">
        <SideMenu label={menu.label} items={items} />
        <div className="with-menu-body">{children}</div>
      </div>
    </Counter>
  );
}
