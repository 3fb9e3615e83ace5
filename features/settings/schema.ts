import { z } from 'zod';

export const SIGN_UP = ['open', 'invitation', 'closed'] as const;
/** Who may make an account besides whom the owner invites, who always may: whoever confirms an e-mail address, or nobody. */
export type SignUp = (typeof SIGN_UP)[number];

/** A petabyte. */
export const MEGABYTES_MAX = 1_000_000_000;
export const XRAY_FOR = ['everyone', 'members', 'owners'] as const;
/** Who may look at what the server did for their own requests; owners look at any. */
export type XrayFor = (typeof XRAY_FOR)[number];
export const DOWNLOAD_DAYS = 180;
export const DOWNLOAD_DAYS_MAX = 3_650;

/** What each setting may be, and what it is until the owner decides. */
export const settingsShape = {
  /** For how many days the ledger of downloads remembers. */
  downloadDays: z.number().int().min(1).max(DOWNLOAD_DAYS_MAX).default(DOWNLOAD_DAYS),
  signup: z.enum(SIGN_UP).default('invitation'),
  /** Whether owners do owner's work only with a second factor. */
  ownerTwoFactor: z.boolean().default(false),
  /** How large a file may be that is uploaded. */
  uploadMegabytes: z.number().int().min(1).max(MEGABYTES_MAX).default(10_000),
  /** How much all files may take together; 0 for as much as the disk holds. */
  quotaMegabytes: z.number().int().min(0).max(MEGABYTES_MAX).default(0),
  xray: z.enum(XRAY_FOR).default('everyone'),
};

export const siteSettings = z.object(settingsShape);
/** The owner's decisions about the whole site. */
export type SiteSettings = z.infer<typeof siteSettings>;
export type SettingName = keyof SiteSettings;
export const SETTING_NAMES: readonly SettingName[] = siteSettings.keyof().options;
