import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import {
  type Args,
  type Backend,
  type CommandName,
  Refused,
  type Result,
  type Spot,
} from "./backend";
import type { IpcError } from "./generated/commands";

/** The program itself. */
export const tauri: Backend = {
  call: <Name extends CommandName>(name: Name, args: Args<Name>) => ask<Result<Name>>(name, args),

  async onDeskChanged(tell) {
    await listen("desk-changed", tell);
  },

  async onTransfers(tell) {
    await listen("desk-moves", tell);
  },

  async onFiles(over, dropped) {
    await listen<Spot | null>("files-over", ({ payload }) => over(payload));
    await listen<Spot>("files-dropped", ({ payload }) => dropped(payload));
  },
};

/** Asks the program. A refusal that has words is a `Refused`. */
export async function ask<Answer>(name: string, args: object): Promise<Answer> {
  try {
    return await invoke<Answer>(name, { args });
  } catch (problem) {
    throw isIpcError(problem) ? new Refused(problem) : problem;
  }
}

function isIpcError(problem: unknown): problem is IpcError {
  return (
    typeof problem === "object" && problem !== null && "code" in problem && "reference" in problem
  );
}
