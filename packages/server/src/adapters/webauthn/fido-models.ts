import type { FidoModel, FidoModels } from '../../ports/webauthn.ts';

/** Makes models findable. Of two entries for one key the worse counts: compromised wins. */
export function fidoModels(models: readonly FidoModel[]): FidoModels {
  const byAaguid = new Map<string, FidoModel>();
  const byKeyIdentifier = new Map<string, FidoModel>();
  const put = (map: Map<string, FidoModel>, key: string, model: FidoModel): void => {
    if (map.get(key)?.compromised !== true) map.set(key, model);
  };
  for (const model of models) {
    if (model.aaguid !== null) put(byAaguid, model.aaguid, model);
    for (const identifier of model.keyIdentifiers) put(byKeyIdentifier, identifier, model);
  }
  return {
    byAaguid: (aaguid) => byAaguid.get(aaguid),
    byKeyIdentifier: (identifier) => byKeyIdentifier.get(identifier),
  };
}
