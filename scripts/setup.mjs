// Looks what is missing to build, to run the window, or to test, and installs it where that is allowed.
// Plain Node without packages: it runs before `npm ci`.
//
//   node scripts/setup.mjs              everything
//   node scripts/setup.mjs build        the terminal program only
//   node scripts/setup.mjs build window what `npm start` needs with a display
//   node scripts/setup.mjs peers        real servers for `npm run test:peers`
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ask, installed, root, run } from "./run.mjs";

// Debian's and Ubuntu's names. `or`: any of these programs on the PATH will do instead.
const systemPackages = [
  { name: "build-essential", part: "build", why: "C compiler and linker" },
  { name: "pkg-config", part: "build", why: "finds the libraries below" },
  { name: "libssl-dev", part: "build", why: "the cipher under the encrypted ledger (libcrypto)" },
  {
    name: "libwebkit2gtk-4.1-dev",
    part: "window",
    why: "the system's web view, which draws the window",
  },
  { name: "file", part: "window", why: "used by the window's build tool" },
  { name: "webkit2gtk-driver", part: "test", why: "drives the real window" },
  { name: "xvfb", part: "test", why: "a display without a screen" },
  { name: "xauth", part: "test", why: "used by xvfb-run" },
  { name: "dbus", part: "test", why: "a private session bus for the key store" },
  { name: "gnome-keyring", part: "test", why: "a throwaway key store" },
  { name: "python3-dbus", part: "test", why: "a desktop made for a test: tray, notices, sleep" },
  { name: "python3-gi", part: "test", why: "its main loop" },
  {
    name: "chromium",
    part: "test",
    why: "browser tests",
    or: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  },
  { name: "fonts-dejavu-core", part: "test", why: "letters in the two above" },
  {
    name: "postgresql",
    part: "test",
    why: "the tests start throwaway clusters of their own; the one that the package may start is not used",
  },
  { name: "age", part: "test", why: "the ordinary age program opens what the vault sealed" },
  { name: "openssl", part: "test", why: "checks receipts as a customer would" },
  { name: "jq", part: "test", why: "takes receipts apart as a customer would" },
  ...[
    // First, so that no other mail server comes along with the trackers.
    { name: "postfix", why: "sends and takes mail" },
    { name: "dovecot-imapd", why: "mailboxes" },
    { name: "dovecot-lmtpd", why: "brings mail into them" },
    { name: "dovecot-sieve", why: "answers for those who are away" },
    { name: "opendkim", why: "signs mail and checks signatures" },
    { name: "opendkim-tools", why: "makes its keys" },
    { name: "openssl", why: "makes the mail server's certificate" },
    { name: "e2fsprogs", why: "makes a small disk that is read byte by byte" },
    { name: "mount", why: "mounts it" },
    { name: "request-tracker5", why: "a tracker" },
    { name: "rt5-db-postgresql", why: "its database" },
    { name: "rt5-standalone", why: "its web server" },
    { name: "redmine", why: "a tracker" },
    { name: "redmine-pgsql", why: "its database" },
    { name: "puma", why: "its web server" },
    { name: "postgresql", why: "the shared ledger, and the trackers' databases" },
  ].map((it) => ({ ...it, part: "peers" })),
];

// What the packages of the peers would ask: none of them is to be set up on this system, only installed.
const answers = `postfix postfix/main_mailer_type select No configuration
request-tracker5 request-tracker5/dbconfig-install boolean false
request-tracker5 request-tracker5/install-cronjobs boolean false
request-tracker5 request-tracker5/initial-root-password password unused12345
request-tracker5 request-tracker5/initial-root-password-confirm password unused12345
redmine redmine/instances/default/dbconfig-install boolean false
`;

const parts = ["build", "window", "test", "peers"];
// The peers are for `npm run test:peers` alone.
const usual = parts.filter((part) => part !== "peers");

/** Sees to the given parts ("build", "window", "test", "peers"); false, with the reason printed, if something is missing. */
export async function setUp(wanted = usual) {
  if (!nodeIsNewEnough() || !rustIsThere()) return false;
  const systemReady =
    process.platform === "linux" ? await setUpLinux(wanted) : setUpElsewhere(wanted);
  if (!systemReady) return false;
  // The terminal program and the peers' tests are Rust alone.
  return wanted.some((part) => ["window", "test"].includes(part)) ? setUpNpmPackages() : true;
}

function nodeIsNewEnough() {
  const needed = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).engines.node.replace(
    ">=",
    "",
  );
  const [have, want] = [process.versions.node, needed].map((v) => v.split(".").map(Number));
  const newer = have.map((part, i) => part - want[i]).find((difference) => difference !== 0) ?? 0;
  if (newer >= 0) return true;
  console.error(
    `Node ${process.versions.node} is too old: ${needed} or newer is needed (https://nodejs.org).`,
  );
  return false;
}

function rustIsThere() {
  const version = ask("cargo", ["--version"]);
  const needed = readFileSync(join(root, "rust-toolchain.toml"), "utf8").match(
    /channel = "(.*)"/,
  )[1];
  if (version === null) {
    console.error(
      `Rust ${needed} is missing. Install rustup from https://rustup.rs; it then fetches that version by itself.`,
    );
    return false;
  }
  const [, have] = version.match(/cargo (\d+\.\d+)/);
  const [major, minor] = needed.split(".").map(Number);
  const [haveMajor, haveMinor] = have.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return true;
  console.error(
    `${version} is too old: ${needed} or newer is needed. Install it with rustup (https://rustup.rs).`,
  );
  return false;
}

async function setUpLinux(wanted) {
  const needed = systemPackages.filter(({ part }) => wanted.includes(part));
  if (!installed("apt-get") || !installed("dpkg-query")) {
    console.log(
      "This is neither Debian nor Ubuntu. These packages, by their Debian names, must be there:",
    );
    show(needed);
    return true;
  }
  const missing = needed.filter((it) => !isInstalled(it.name) && !it.or?.some(installed));
  if (missing.length === 0) {
    console.log(`System packages: all ${needed.length} are there (${wanted.join(", ")}).`);
    return true;
  }

  const isRoot = process.getuid() === 0;
  const maySudo = !isRoot && ask("sudo", ["-n", "true"]) !== null;
  if (!isRoot && !maySudo) {
    const names = missing.map((it) => it.name).join(" ");
    console.error("These system packages are missing:");
    show(missing);
    console.error("Type this, then start again:\n");
    console.error(
      `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names}\n`,
    );
    return false;
  }

  console.log(`Installing ${missing.length} system packages with apt-get:`);
  show(missing);
  const apt = (...args) => {
    const line = [
      "env",
      "DEBIAN_FRONTEND=noninteractive",
      "apt-get",
      "-q",
      "-o",
      "DPkg::Lock::Timeout=300",
      ...args,
    ];
    return maySudo ? run("sudo", ["-n", ...line]) : run(line[0], line.slice(1));
  };
  if ((await apt("update")) !== 0)
    console.log("apt-get update had problems; trying with the lists that are there.");
  if (wanted.includes("peers")) {
    const words = ["sh", "-c", 'printf "%s" "$0" | debconf-set-selections', answers];
    if ((await (maySudo ? run("sudo", ["-n", ...words]) : run(words[0], words.slice(1)))) !== 0) {
      console.error(
        "The packages' questions could not be answered beforehand (debconf-set-selections).",
      );
      return false;
    }
  }
  const names = missing.map(({ name }) => (name === "chromium" ? chromiumHere() : name));
  if ((await apt("install", "-y", "--no-install-recommends", ...names)) === 0) return true;
  console.error(`apt-get could not install: ${names.join(" ")}. See its message above.`);
  return false;
}

const show = (list) => list.forEach(({ name, why }) => console.log(`  ${name.padEnd(28)} ${why}`));

const isInstalled = (name) =>
  ask("dpkg-query", ["-W", "-f", "${db:Status-Status}", name]) === "installed";

// Ubuntu has Chromium only under its other name.
const chromiumHere = () =>
  /Candidate: (?!\(none\))/.test(ask("apt-cache", ["policy", "chromium"]) ?? "")
    ? "chromium"
    : "chromium-browser";

function setUpElsewhere(wanted) {
  const mac = process.platform === "darwin";
  if (mac && ask("xcode-select", ["-p"]) === null) {
    console.error(
      "The compiler is missing. Type this, then start again:\n\n  xcode-select --install\n",
    );
    return false;
  }
  if (!mac) {
    console.log(
      "Windows needs: the Visual Studio C++ build tools and the WebView2 runtime (part of Windows 11).",
    );
  }
  const programs = ["postgres", "age", "openssl", "jq"].filter((it) => !installed(it));
  if (wanted.includes("test") && programs.length > 0) {
    console.log(
      `The tests also use these programs, which are not on the PATH: ${programs.join(", ")}.`,
    );
    if (mac) console.log("  brew install postgresql age openssl jq");
  }
  return true;
}

// npm packages are installed again only if the lock file changed since.
async function setUpNpmPackages() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const stamp = join(root, "node_modules", ".installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) {
    console.log("npm packages: as in package-lock.json.");
    return true;
  }
  console.log("Installing the npm packages of package-lock.json into node_modules (npm ci):");
  if ((await run("npm", ["ci", "--no-audit", "--no-fund"])) !== 0) {
    console.error("npm ci failed. See its message above; it needs the npm registry.");
    return false;
  }
  writeFileSync(stamp, lock);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((part) => !parts.includes(part));
  if (unknown) {
    console.error(`"${unknown}" is not a part: choose from ${parts.join(", ")}.`);
    process.exitCode = 2;
  } else if (!(await setUp(wanted.length > 0 ? wanted : usual))) {
    process.exitCode = 1;
  }
}
