/** Tells the engine's host that the network may be back, as the browser itself does: it then does not wait longer. */
export function retryConnection(): void {
  window.dispatchEvent(new Event("online"));
}
