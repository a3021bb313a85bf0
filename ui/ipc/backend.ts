// The one way from the page to the desk. Two implementations: the program (tauri.ts) and a world in memory (fake.ts).
import type { Commands, IpcError } from "./generated/commands";

export type CommandName = keyof Commands;
export type Args<Name extends CommandName> = Commands[Name]["args"];
export type Result<Name extends CommandName> = Commands[Name]["result"];

export interface Backend {
  /** Asks the desk. What comes back follows from the name; a refusal is a `Refused`. */
  call<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>>;

  /** Tells when something on the desk has changed. */
  onDeskChanged(tell: () => void): Promise<void>;

  /** Tells, now and then, while bytes of files are moved, and when that ends. */
  onTransfers(tell: () => void): Promise<void>;

  /** Tells where files are that are dragged over the window, `null` when they are gone, and where they were dropped. */
  onFiles(over: (spot: Spot | null) => void, dropped: (spot: Spot) => void): Promise<void>;
}

/** A place on the page. */
export interface Spot {
  x: number;
  y: number;
}

/** What the desk refused: a code that has words, and the reference under which the log has the cause. */
export class Refused extends Error {
  readonly code: IpcError["code"];
  readonly reference: string;

  constructor({ code, reference }: IpcError) {
    super(code);
    this.name = "Refused";
    this.code = code;
    this.reference = reference;
  }
}
