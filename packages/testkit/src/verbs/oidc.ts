import { authorize, follow, makePkce, request } from './oidc/authorize.ts';
import { back, register } from './oidc/client.ts';
import { createDpopKey } from './oidc/dpop.ts';
import { logout } from './oidc/logout.ts';
import {
  claimsOf,
  introspect,
  isActive,
  push,
  redeem,
  refresh,
  revoke,
  token,
  userinfo,
} from './oidc/tokens.ts';

/** An app that signs people in with OpenID Connect, by hand, so that every part can be sent wrongly. */
export const oidc = {
  register,
  request,
  makePkce,
  authorize,
  follow,
  back,
  token,
  redeem,
  refresh,
  userinfo,
  introspect,
  isActive,
  revoke,
  push,
  claimsOf,
  createDpopKey,
  logout,
};
