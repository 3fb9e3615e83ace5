/** How long a redemption opens what it is for. */
export const REDEMPTION_SECONDS = 86_400;

/** The cookie that carries a redemption's token: one for each link, sent to this very host only. */
export function redemptionCookie(shareId: string) {
  const https = process.env.SITE_URL?.startsWith('https:') ?? false;
  const name = `share-${shareId.slice(0, 13)}`;
  return {
    name: https ? `__Host-${name}` : name,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure: https, maxAge: REDEMPTION_SECONDS },
  } as const;
}
