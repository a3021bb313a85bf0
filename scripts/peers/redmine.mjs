// Redmine on a SQLite file of its own. Its program and log folder are those of the package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run.mjs";
import { freePorts, listening, step } from "./processes.mjs";

export async function startRedmine(folder, processes) {
  const [port] = await freePorts(1);
  const log = join(folder, "log");
  const keys = join(folder, "keys.json");
  const options = {
    log,
    cwd: "/usr/share/redmine",
    env: {
      ...process.env,
      RAILS_ENV: "production",
      DATABASE_URL: `sqlite3:${folder}/redmine.sqlite3`,
      // The package's schema file must not be written anew.
      SCHEMA: "/dev/null",
      REDMINE_LANG: "en",
      SECRET_KEY_BASE: "0123456789abcdef0123456789abcdef",
      CUSTODY_KEYS: keys,
    },
  };
  // One after the other: who migrates does not see the columns that came last.
  await step("bundle", ["exec", "rake", "db:migrate"], options);
  await step("bundle", ["exec", "rake", "redmine:load_default_data"], options);
  const seed = join(root, "scripts/peers/redmine-seed.rb");
  await step("bundle", ["exec", "rails", "runner", seed], options);
  // The package's Gemfile does not name puma's own program.
  const puma = ["exec", "ruby", "-rpuma/cli", "-e", "Puma::CLI.new(ARGV).run", "--"];
  const server = processes.start(
    "bundle",
    [
      ...puma,
      "-e",
      "production",
      "-b",
      `tcp://127.0.0.1:${port}`,
      "-t",
      "2:4",
      "-w",
      "0",
      "config.ru",
    ],
    options,
  );
  await listening(port, server);
  return { url: `http://127.0.0.1:${port}`, ...JSON.parse(readFileSync(keys, "utf8")) };
}
