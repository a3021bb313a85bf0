// A PostgreSQL cluster of its own, by the newest server that is installed.
import { chownSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask } from "../run.mjs";
import { freePorts, listening, step } from "./processes.mjs";

const user = "postgres";
const password = "peerpw12345";

export async function startPostgres(folder, processes) {
  const [port] = await freePorts(1);
  const log = join(folder, "log");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  // initdb and the server refuse root.
  const [uid, gid] = ["-u", "-g"].map((which) => Number(ask("id", [which, "postgres"])));
  for (const path of [folder, passwordFile]) chownSync(path, uid, gid);
  const options = { log, uid, gid, cwd: folder };
  const bin = programs();
  await step(
    join(bin, "initdb"),
    [
      ...["-D", join(folder, "data"), "-U", user, "-A", "scram-sha-256"],
      ...[`--pwfile=${passwordFile}`, "-E", "UTF8", "--locale=C.UTF-8", "-N"],
    ],
    options,
  );
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${folder}`,
    "fsync=off",
  ].flatMap((setting) => ["-c", setting]);
  const server = processes.start(
    join(bin, "postgres"),
    ["-D", join(folder, "data"), ...settings],
    options,
  );
  await listening(port, server);
  await step(
    join(bin, "createdb"),
    ["-h", "127.0.0.1", "-p", String(port), "-U", user, "--no-password", "second"],
    { ...options, env: { ...process.env, PGPASSWORD: password } },
  );
  const url = (database) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  return { port, user, password, url: url("postgres"), second: url("second") };
}

function programs() {
  const folder = "/usr/lib/postgresql";
  const versions = existsSync(folder)
    ? readdirSync(folder).map(Number).filter(Number.isInteger)
    : [];
  if (versions.length === 0) throw new Error(`There is no PostgreSQL below ${folder}.`);
  return join(folder, String(Math.max(...versions)), "bin");
}
