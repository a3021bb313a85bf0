// Request Tracker 5 on a database of its own. It reads its configuration from where the environment says.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../run.mjs";
import { freePorts, listening, step } from "./processes.mjs";

const library = "/usr/share/request-tracker5";

export async function startRequestTracker(folder, processes, database) {
  const [port] = await freePorts(1);
  const log = join(folder, "log");
  for (const name of ["conf.d", "session", "mason", "var"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "RT_SiteConfig.pm"), configuration(folder, port, database.port));
  writeFileSync(join(folder, "password"), "rootpw12345\n", { mode: 0o600 });
  const env = {
    ...process.env,
    RT_SITE_CONFIG: join(folder, "RT_SiteConfig.pm"),
    RT_SITE_CONFIG_DIR: join(folder, "conf.d"),
  };
  await step(
    "rt-setup-database-5",
    [
      ...["--action", "init", "--root-password-file", join(folder, "password")],
      ...["--dba", database.user, "--dba-password", database.password],
    ],
    { log, env },
  );
  const tokens = join(folder, "tokens.json");
  await step("perl", [join(root, "scripts/peers/request-tracker-seed.pl"), tokens], { log, env });
  const server = processes.start(
    join(library, "libexec/rt-server"),
    ["--server", "Starlet", "--host", "127.0.0.1", "--port", String(port), "--max-workers", "4"],
    { log, env },
  );
  await listening(port, server);
  return { url: `http://127.0.0.1:${port}`, ...JSON.parse(readFileSync(tokens, "utf8")) };
}

const configuration = (folder, port, databasePort) =>
  `use utf8;
Set($rtname, 'rt.test'); Set($Organization, 'rt.test');
Set($WebDomain, '127.0.0.1'); Set($WebPort, ${port}); Set($WebPath, ''); Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($DatabaseType, 'Pg'); Set($DatabaseHost, '127.0.0.1'); Set($DatabasePort, ${databasePort});
Set($DatabaseName, 'rt'); Set($DatabaseUser, 'rt'); Set($DatabasePassword, 'rtpw12345');
Set($MailCommand, 'testfile'); Set($LogToSyslog, undef); Set($LogToSTDERR, 'warning');
Set($CorrespondAddress, 'support@rt.test'); Set($CommentAddress, 'comment@rt.test');
Set($WebSessionClass, 'Apache::Session::File'); Set($Timezone, 'UTC');
Set($MasonDataDir, '${folder}/mason'); Set($MasonSessionDir, '${folder}/session');
1;
`.replaceAll("@rt.test", "\\@rt.test");
