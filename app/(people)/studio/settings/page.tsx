import type { Metadata } from 'next';
import { ActionForm } from '@/components/form/action-form';
import { StudioFrame } from '@/components/studio/studio-frame';
import { changeSiteSettings } from '@/features/settings/actions';
import { readSiteSettings } from '@/features/settings/queries';
import { DOWNLOAD_DAYS_MAX, SIGN_UP, type SiteSettings, XRAY_FOR } from '@/features/settings/schema';
import type { Field } from '@/lib/form/field';
import { accountWords } from '@/lib/language/account';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';
import { openStudio } from '../door';
import { studioTitle } from '../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.settings);

export default async function Page() {
  const door = await openStudio('settings');
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const settings = await readSiteSettings(viewer);
  const { settings: words } = studioWords(language);
  return (
    <StudioFrame {...frame} title={words.title}>
      <ActionForm
        id="settings"
        action={changeSiteSettings}
        fields={settingFields(settings, language)}
        submit={words.submit}
        working={accountWords(language).form.working}
      />
    </StudioFrame>
  );
}

/** One field for each setting of `features/settings/schema.ts`. */
function settingFields(settings: SiteSettings, language: InterfaceLanguage): Field[] {
  const { settings: words } = studioWords(language);
  const fields: Record<keyof SiteSettings, Omit<Field, 'name'>> = {
    signup: {
      type: 'select',
      label: words.signUp,
      value: settings.signup,
      options: SIGN_UP.map((value) => ({ value, label: words[value] })),
    },
    ownerTwoFactor: {
      type: 'checkbox',
      label: words.twoFactor,
      hint: words.twoFactorHint,
      value: settings.ownerTwoFactor ? 'on' : '',
    },
    downloadDays: {
      label: words.downloadDays,
      hint: words.downloadDaysHint(DOWNLOAD_DAYS_MAX),
      value: String(settings.downloadDays),
      required: true,
      maxLength: 4,
    },
    uploadMegabytes: {
      label: words.upload,
      hint: words.uploadHint,
      value: String(settings.uploadMegabytes),
      maxLength: 10,
    },
    quotaMegabytes: {
      label: words.quota,
      hint: words.quotaHint,
      value: settings.quotaMegabytes === 0 ? '' : String(settings.quotaMegabytes),
      maxLength: 10,
    },
    xray: {
      type: 'select',
      label: words.xray,
      hint: words.xrayHint,
      value: settings.xray,
      options: XRAY_FOR.map((value) => ({ value, label: words.xrayFor[value] })),
    },
  };
  return Object.entries(fields).map(([name, field]) => ({ name, ...field }));
}
