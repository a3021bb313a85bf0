// The one way from the page of a viewer to its one file. It knows nothing of the desk's page, and cannot ask what that may.
import type { ViewerCommands } from "./generated/viewer";

export type ViewerCommandName = keyof ViewerCommands;
export type ViewerArgs<Name extends ViewerCommandName> = ViewerCommands[Name]["args"];
export type ViewerResult<Name extends ViewerCommandName> = ViewerCommands[Name]["result"];

export interface ViewerBackend {
  /** Asks about the file. A refusal is a `Refused`. */
  call<Name extends ViewerCommandName>(
    name: Name,
    args: ViewerArgs<Name>,
  ): Promise<ViewerResult<Name>>;

  /** Tells when more is known of the file, and when it is at its end. */
  onChanged(tell: () => void): Promise<void>;
}
