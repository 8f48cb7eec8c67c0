import type { Deployment } from '../ports/deployment.ts';
import type { Site } from '../ports/site.ts';

export const siteOf = ({ organisation, publicUrl }: Deployment): Site => {
  const { hostname, host } = new URL(publicUrl);
  return { origin: publicUrl, rpId: hostname, host, organisation };
};

/** A changed host would kill every passkey, so it stops the start (contract.md, Settings). */
export function refuseChangedAddress({ addressFixedAt, publicUrl }: Deployment, stated: string | null): void {
  if (addressFixedAt === null || stated === null || stated === publicUrl) return;
  throw new Error(
    `the address changed: set-up fixed ${publicUrl}, the settings say ${stated}. Passkeys work for one host only, so nothing was started. Put the old address back (url, COUNTERSIGN_URL).`,
  );
}
