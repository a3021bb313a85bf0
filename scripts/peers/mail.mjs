// Postfix and Dovecot as one provider's mail server, with DKIM: mail.vault.test, for support (receipts@vault.test) and two
// customers at example.test. Nothing leaves this machine, and no name is looked up.
//
// Three ways in: submission (STARTTLS and a password, as any program must), "elsewhere" (plain SMTP, as any mail server of
// the world), and "customers" (plain, signed by DKIM: what example.test's own server would send).
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask } from "../run.mjs";
import { freePorts, listening, step } from "./processes.mjs";

const password = "pw12345678";
const host = "mail.vault.test";
const domains = ["vault.test", "example.test"];
const people = [
  "receipts@vault.test",
  "kicked@vault.test",
  "alice@example.test",
  "bob@example.test",
];

export async function startMail(folder, processes) {
  const names = [
    "submission",
    "elsewhere",
    "customers",
    "imap",
    "imaps",
    "lmtp",
    "auth",
    "sign",
    "verify",
  ];
  const numbers = await freePorts(names.length);
  const ports = Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
  const at = (...path) => join(folder, ...path);
  const log = at("log");
  for (const name of ["postfix", "queue", "data", "mail", "run", "tls", "dkim"])
    mkdirSync(at(name));
  // The system's user for mail: none is made for us.
  const [uid, gid] = ["-u", "-g"].map((which) => Number(ask("id", [which, "mail"])));
  const postfixUser = Number(ask("id", ["-u", "postfix"]));
  chownSync(at("data"), postfixUser, 0);

  await makeCertificates(at("tls"), log);
  await makeKeys(at("dkim"), ports, log);
  makeMailboxes(at("mail"), uid, gid);
  const users = people.map(
    (name) => `${name}:{PLAIN}${password}:${uid}:${gid}::${at("mail", name)}::\n`,
  );
  writeFileSync(at("users"), users.join(""), { mode: 0o640 });
  chownSync(at("users"), 0, Number(ask("id", ["-g", "dovecot"])));
  writeFileSync(at("dovecot.conf"), dovecot(folder, ports, uid));
  writeFileSync(at("postfix", "main.cf"), mainCf(folder, ports));
  writeFileSync(
    at("postfix", "vmailbox"),
    [...people, "ghost@example.test"].map((it) => `${it} x\n`).join(""),
  );
  writeFileSync(at("postfix", "master.cf"), masterCf(ports));

  const servers = [
    [processes.start("opendkim", ["-f", "-x", at("dkim", "sign.conf")], { log }), ["sign"]],
    [processes.start("opendkim", ["-f", "-x", at("dkim", "verify.conf")], { log }), ["verify"]],
    [
      processes.start("dovecot", ["-F", "-c", at("dovecot.conf")], { log }),
      ["imap", "imaps", "lmtp", "auth"],
    ],
    [
      processes.start("postfix", ["-c", at("postfix"), "start-fg"], {
        log,
        pidFile: at("queue", "pid", "master.pid"),
      }),
      ["submission", "elsewhere", "customers"],
    ],
  ];
  for (const [server, its] of servers) for (const name of its) await listening(ports[name], server);
  return { ...ports, password, host, ca: at("tls", "ca.pem"), folder, dovecot: at("dovecot.conf") };
}

async function makeCertificates(folder, log) {
  const options = { log, cwd: folder };
  const openssl = (...words) => step("openssl", words, options);
  const names = `subjectAltName=DNS:${host},DNS:localhost,IP:127.0.0.1\n`;
  writeFileSync(join(folder, "names"), names);
  const key = ["-newkey", "rsa:2048", "-nodes"];
  await openssl(
    "req",
    "-x509",
    ...key,
    "-days",
    "30",
    "-subj",
    "/CN=Peers",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
  );
  await openssl("req", ...key, "-subj", `/CN=${host}`, "-keyout", "key.pem", "-out", "csr");
  const signed = [
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "30",
    "-extfile",
    "names",
  ];
  await openssl("x509", "-req", "-in", "csr", ...signed, "-out", "cert.pem");
  chmodSync(join(folder, "key.pem"), 0o600);
}

// Public keys come from a file instead of from DNS.
async function makeKeys(folder, ports, log) {
  const lines = { public: [], table: [], signing: [] };
  for (const domain of domains) {
    const own = join(folder, domain);
    mkdirSync(own);
    await step("opendkim-genkey", ["-b", "2048", "-d", domain, "-s", "s1", "-D", own], { log });
    const record = readFileSync(join(own, "s1.txt"), "utf8")
      .match(/"[^"]*"/g)
      .join("")
      .replaceAll('"', "");
    lines.public.push(`s1._domainkey.${domain} ${record}\n`);
    lines.table.push(`${domain} ${domain}:s1:${join(own, "s1.private")}\n`);
    lines.signing.push(`*@${domain} ${domain}\n`);
  }
  const write = (name, text) => writeFileSync(join(folder, name), text, { mode: 0o600 });
  for (const [name, text] of Object.entries(lines)) write(name, text.join(""));
  write("nobody", "192.0.2.1\n");
  const common = "UserID root\nRequireSafeKeys no\nSyslog no\n";
  write(
    "sign.conf",
    `Mode s\nSocket inet:${ports.sign}@127.0.0.1\nKeyTable file:${folder}/table\nSigningTable refile:${folder}/signing\n` +
      `InternalHosts 127.0.0.1\nPidFile ${folder}/sign.pid\n${common}`,
  );
  write(
    "verify.conf",
    `Mode v\nSocket inet:${ports.verify}@127.0.0.1\nTestPublicKeys ${folder}/public\nInternalHosts file:${folder}/nobody\n` +
      `AuthservID ${host}\nAlwaysAddARHeader yes\nPidFile ${folder}/verify.pid\n${common}`,
  );
}

// Bob is away. Ghost has no mailbox: his mail is taken first and comes back later.
function makeMailboxes(folder, uid, gid) {
  chownSync(folder, uid, gid);
  for (const name of people) {
    mkdirSync(join(folder, name));
    chownSync(join(folder, name), uid, gid);
  }
  const away = join(folder, "bob@example.test", ".dovecot.sieve");
  writeFileSync(
    away,
    'require ["vacation"];\nvacation :days 1 :addresses ["bob@example.test"] "I am away until Monday.";\n',
  );
  chownSync(away, uid, gid);
}

// One setting a line, within blocks too: Dovecot reads it no other way.
const dovecot = (folder, ports, uid) => `base_dir = ${folder}/run
log_path = /dev/stderr
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <${folder}/tls/cert.pem
ssl_key = <${folder}/tls/key.pem
mail_location = maildir:%h/Maildir
first_valid_uid = ${uid}
first_valid_gid = 1
auth_mechanisms = plain login
auth_failure_delay = 0
# The tests see by a process's title that somebody waits in IDLE.
verbose_proctitle = yes
submission_host = 127.0.0.1:${ports.elsewhere}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = passwd-file
  args = ${folder}/users
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${ports.auth}
  }
}
service anvil {
  client_limit = 1000
}
protocol lmtp {
  mail_plugins = sieve
}
plugin {
  sieve = file:~/sieve;active=~/.dovecot.sieve
}
namespace inbox {
  inbox = yes
}
`;

const mainCf = (folder, ports) => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = /dev/stdout
myhostname = ${host}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
mynetworks = 127.0.0.1/32
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = ${domains.join(" ")}
virtual_mailbox_maps = texthash:${folder}/postfix/vmailbox
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtp}
default_transport = error:5.4.4 no mail leaves this machine
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${ports.auth}
smtpd_sasl_security_options = noanonymous
smtpd_tls_cert_file = ${folder}/tls/cert.pem
smtpd_tls_key_file = ${folder}/tls/key.pem
smtpd_tls_security_level = may
smtpd_recipient_restrictions = reject_unauth_destination
biff = no
`;

// The package's own services, none of them in a chroot, and without its listener on port 25.
function masterCf(ports) {
  const shipped = readFileSync("/usr/share/postfix/master.cf.dist", "utf8")
    .split("\n")
    .filter((line) => !/^smtp +inet/.test(line))
    .map((line) =>
      line.replace(/^([a-z0-9-]+ +(?:unix|fifo|inet|unix-dgram) +\S+ +\S+ +)[y-] /, "$1n "),
    );
  const listener = (name, settings) =>
    `127.0.0.1:${ports[name]} inet n - n - - smtpd\n${settings.map((it) => `  -o ${it}\n`).join("")}`;
  const signed = [
    `smtpd_milters=inet:127.0.0.1:${ports.sign}`,
    `content_filter=smtp:[127.0.0.1]:${ports.elsewhere}`,
  ];
  return [
    shipped.join("\n"),
    listener("elsewhere", [`smtpd_milters=inet:127.0.0.1:${ports.verify}`]),
    listener("customers", signed),
    listener("submission", [
      "smtpd_tls_security_level=encrypt",
      "smtpd_sasl_auth_enable=yes",
      "smtpd_tls_auth_only=yes",
      "smtpd_client_restrictions=permit_sasl_authenticated,reject",
      "smtpd_relay_restrictions=permit_sasl_authenticated,reject",
      ...signed,
    ]),
  ].join("\n");
}
