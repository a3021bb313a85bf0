// The servers that were started: each a process group of its own, all ended with us.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Steps that run now: they must not outlive us either. */
const steps = new Set();

export class Processes {
  #children = [];
  #ending = () => {
    this.#killAll("SIGKILL");
    process.exit(130);
  };

  constructor() {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, this.#ending);
    process.on("exit", () => this.#killAll("SIGKILL"));
  }

  /**
   * Starts a server that stays in the foreground; what it says goes into the file. One that leaves its group all the same
   * names the file with its own number.
   */
  start(program, args, { log, pidFile, ...options }) {
    const out = openSync(log, "a");
    const child = spawn(program, args, { stdio: ["ignore", out, out], detached: true, ...options });
    closeSync(out);
    const server = { program, log, child, pidFile, ended: false };
    child.on("error", () => (server.ended = true));
    child.on("close", () => (server.ended = true));
    this.#children.push(server);
    return server;
  }

  /** Ends all of them and waits for it. */
  async end() {
    this.#killAll("SIGTERM");
    for (let i = 0; i < 100 && this.#children.some(({ ended }) => !ended); i++) await sleep(50);
    this.#killAll("SIGKILL");
    this.#children = [];
  }

  #killAll(signal) {
    for (const { pid } of steps) killGroup(pid, signal);
    for (const { child, pidFile } of this.#children) {
      killGroup(child.pid, signal);
      killGroup(numberIn(pidFile), signal);
    }
  }
}

// The group, also when its leader is gone: what a server started must end too.
function killGroup(pid, signal) {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}

function numberIn(file) {
  try {
    return file === undefined ? undefined : Number.parseInt(readFileSync(file, "utf8"), 10);
  } catch {
    return undefined;
  }
}

/** Runs a program to its end; its output goes into the file, and is the error's text if it fails. */
export function step(program, args, { log, ...options }) {
  return new Promise((done, failed) => {
    const out = openSync(log, "a");
    const child = spawn(program, args, {
      stdio: ["ignore", out, out],
      detached: true,
      ...options,
    });
    closeSync(out);
    steps.add(child);
    child.on("close", () => steps.delete(child));
    child.on("error", (problem) => failed(new Error(`${program}: ${problem.message}`)));
    child.on("close", (code) =>
      code === 0 ? done() : failed(new Error(`${program} failed (${code}):\n${tail(log)}`)),
    );
  });
}

/** Waits until the port answers; fails as soon as the server has ended. */
export async function listening(port, server) {
  for (let i = 0; i < 1200; i++) {
    if (server.ended) break;
    if (await answers(port)) return;
    await sleep(50);
  }
  throw new Error(`${server.program} does not listen on port ${port}:\n${tail(server.log)}`);
}

function answers(port) {
  return new Promise((done) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const end = (is) => {
      socket.destroy();
      done(is);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

const given = new Set();

/**
 * Ports that nobody uses now, none of them twice. They lie below those that the system gives to outgoing connections (32768
 * and up): a server that is set up for many seconds before it listens would find its port taken now and then.
 */
export async function freePorts(count) {
  const ports = [];
  while (ports.length < count) {
    const port = 20000 + Math.floor(Math.random() * 12000);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

function isFree(port) {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}

const tail = (log) => readFileSync(log, "utf8").split("\n").slice(-25).join("\n");
