// Redmine on a database of its own. Its program is that of the package.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run.mjs";
import { freePorts, listening, step } from "./processes.mjs";

const program = "/usr/share/redmine";

export async function startRedmine(folder, processes, { port: database, user, password }) {
  const [port] = await freePorts(1);
  const log = join(folder, "log");
  const keys = join(folder, "keys.json");
  // The package's own Gemfile names neither its web server nor, before the system is set up, any database.
  const gemfile = join(folder, "Gemfile");
  writeFileSync(gemfile, `eval_gemfile "${program}/Gemfile"\ngem "pg", "~> 1.2"\ngem "puma"\n`);
  const options = {
    log,
    cwd: program,
    env: {
      ...process.env,
      BUNDLE_GEMFILE: gemfile,
      RAILS_ENV: "production",
      RAILS_LOG_TO_STDOUT: "1",
      DATABASE_URL: `postgresql://${user}:${password}@127.0.0.1:${database}/redmine`,
      // The package's schema file must not be written anew.
      SCHEMA: "/dev/null",
      REDMINE_LANG: "en",
      SECRET_KEY_BASE: "0123456789abcdef0123456789abcdef",
      CUSTODY_KEYS: keys,
    },
  };
  // One after the other: who migrates does not see the columns that came last.
  await step("bundle", ["exec", "rake", "db:create", "db:migrate"], options);
  await step("bundle", ["exec", "rake", "redmine:load_default_data"], options);
  const seed = join(root, "scripts/peers/redmine-seed.rb");
  await step("bundle", ["exec", "rails", "runner", seed], options);
  const server = processes.start(
    "bundle",
    [
      ...["exec", "puma", "-e", "production", "-b", `tcp://127.0.0.1:${port}`],
      ...["-t", "2:4", "-w", "0", "config.ru"],
    ],
    options,
  );
  await listening(port, server);
  return { url: `http://127.0.0.1:${port}`, ...JSON.parse(readFileSync(keys, "utf8")) };
}
