// @ts-check
// Between the JSON of the server and what `navigator.credentials` takes and gives. Recent browsers can do it
// themselves (WebAuthn level 3, §5.1.8, §5.1.9); the rest of this file is for the others.

/** @param {string} text */
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

/** @param {ArrayBuffer} buffer */
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/**
 * @param {readonly PublicKeyCredentialDescriptorJSON[] | undefined} list
 * @returns {PublicKeyCredentialDescriptor[]}
 */
const descriptors = (list) =>
  (list ?? []).map(({ id, transports }) => ({
    type: 'public-key',
    id: toBytes(id),
    transports: /** @type {AuthenticatorTransport[]} */ (transports ?? []),
  }));

/**
 * @param {PublicKeyCredentialRequestOptionsJSON} json
 * @returns {PublicKeyCredentialRequestOptions}
 */
export function requestOptions(json) {
  if (PublicKeyCredential.parseRequestOptionsFromJSON)
    return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  const { extensions: _, allowCredentials, ...rest } = json;
  return /** @type {PublicKeyCredentialRequestOptions} */ ({
    ...rest,
    challenge: toBytes(json.challenge),
    allowCredentials: descriptors(allowCredentials),
  });
}

/**
 * @param {PublicKeyCredentialCreationOptionsJSON} json
 * @returns {PublicKeyCredentialCreationOptions}
 */
export function creationOptions(json) {
  if (PublicKeyCredential.parseCreationOptionsFromJSON)
    return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  const { extensions, ...rest } = json;
  return /** @type {PublicKeyCredentialCreationOptions} */ ({
    ...rest,
    challenge: toBytes(json.challenge),
    user: { ...json.user, id: toBytes(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
    ...(extensions?.credProps === undefined ? {} : { extensions: { credProps: extensions.credProps } }),
  });
}

/** @param {AuthenticatorResponse} response */
function responseJson(response) {
  const clientDataJSON = toText(response.clientDataJSON);
  if (response instanceof AuthenticatorAttestationResponse) {
    const transports = response.getTransports?.() ?? [];
    return { clientDataJSON, attestationObject: toText(response.attestationObject), transports };
  }
  const { authenticatorData, signature, userHandle } = /** @type {AuthenticatorAssertionResponse} */ (
    response
  );
  return {
    clientDataJSON,
    authenticatorData: toText(authenticatorData),
    signature: toText(signature),
    ...(userHandle === null ? {} : { userHandle: toText(userHandle) }),
  };
}

/**
 * @param {PublicKeyCredential} credential
 * @returns {string}
 */
export function credentialText(credential) {
  // Some password managers hand out credentials whose toJSON is missing or throws.
  try {
    if (credential.toJSON) return JSON.stringify(credential.toJSON());
  } catch {}
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: responseJson(credential.response),
  });
}
