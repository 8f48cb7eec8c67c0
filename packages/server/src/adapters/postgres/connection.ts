/** Fits pg's PoolConfig and ClientConfig. The password is a function, so that no log or JSON of this value shows it. */
export type PrivateConnection = {
  /** The socket's folder. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: () => string;
  readonly database: string;
  /** Said, since PGSSLMODE of the environment would otherwise decide. */
  readonly ssl: false;
};

export const connectionTo = (
  socket: string,
  user: string,
  password: string,
  database: string,
): PrivateConnection => ({ host: socket, port: 5432, user, password: () => password, database, ssl: false });
