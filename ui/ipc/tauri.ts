import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { type Args, type Backend, type CommandName, Refused, type Result } from "./backend";
import type { IpcError } from "./generated/commands";

/** The program itself. */
export const tauri: Backend = {
  async call<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>> {
    try {
      return await invoke<Result<Name>>(name, { args });
    } catch (problem) {
      throw isIpcError(problem) ? new Refused(problem) : problem;
    }
  },

  async onDeskChanged(tell) {
    await listen("desk-changed", tell);
  },
};

function isIpcError(problem: unknown): problem is IpcError {
  return (
    typeof problem === "object" && problem !== null && "code" in problem && "reference" in problem
  );
}
