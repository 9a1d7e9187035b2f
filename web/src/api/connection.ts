type Listener = () => void;

/** Whether the server answered last time it was asked for something that stands on the page. */
class Connection {
  #lost = false;
  #listeners = new Set<Listener>();
  #again: Listener = () => {};

  readonly isLost = (): boolean => this.#lost;

  readonly subscribe = (listener: Listener): Listener => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for everything on the page once more. */
  readonly retry = (): void => this.#again();

  onRetry(again: Listener): void {
    this.#again = again;
  }

  set(lost: boolean): void {
    if (lost === this.#lost) return;
    this.#lost = lost;
    for (const listener of this.#listeners) listener();
  }
}

export const connection = new Connection();
