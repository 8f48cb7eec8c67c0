import type { FidoMetadata, FidoModel } from '../../ports/webauthn.ts';
import { type Fields, fieldsOf } from './bounded-fields.ts';

/** Status words after which a model is no longer believed, whatever came later (MDS 3, AuthenticatorStatus). */
const COMPROMISED: ReadonlySet<string> = new Set([
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
]);

const AAGUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEY_IDENTIFIER = /^[0-9a-f]{40}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const lowerCase = (value: unknown, form: RegExp): readonly string[] =>
  typeof value === 'string' && form.test(value.toLowerCase()) ? [value.toLowerCase()] : [];

/** One entry; null for UAF authenticators, which no browser speaks to. */
function modelOf(entry: Fields): FidoModel | null {
  const statement = fieldsOf(entry['metadataStatement']) ?? {};
  const [aaguid = null] = lowerCase(entry['aaguid'], AAGUID);
  const keyIdentifiers = listOf(entry['attestationCertificateKeyIdentifiers']).flatMap((id) =>
    lowerCase(id, KEY_IDENTIFIER),
  );
  if (aaguid === null && keyIdentifiers.length === 0) return null;
  const statuses = listOf(entry['statusReports'])
    .map((report) => fieldsOf(report)?.['status'])
    .filter((status) => typeof status === 'string');
  const { description } = statement;
  return {
    aaguid,
    keyIdentifiers,
    description: typeof description === 'string' ? description.slice(0, 200) : 'unnamed model',
    roots: listOf(statement['attestationRootCertificates'])
      .filter((root) => typeof root === 'string')
      .map((root) => root.replace(/\s/g, '')),
    statuses,
    compromised: statuses.some((status) => COMPROMISED.has(status)),
  };
}

/** The payload of a metadata BLOB as plain data, or null when it is none. Its signature is not verified here. */
export function parseFidoMetadata(payload: unknown): FidoMetadata | null {
  const fields = fieldsOf(payload);
  const number = fields?.['no'];
  const nextUpdate = fields?.['nextUpdate'];
  const entries = fields?.['entries'];
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || !Array.isArray(entries)) return null;
  if (typeof nextUpdate !== 'string' || !DAY.test(nextUpdate)) return null;
  const models = entries
    .map((entry) => fieldsOf(entry))
    .map((entry) => (entry === null ? null : modelOf(entry)));
  return { number, nextUpdate, models: models.filter((model) => model !== null) };
}
