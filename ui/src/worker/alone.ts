// A worker does not stand under the content policy of the page, so it loses every way out before it reads a file that others made.
const ways = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "WebTransport", "EventSource", "Worker", "SharedWorker", "BroadcastChannel", "importScripts", "indexedDB", "caches"];
for (const way of ways) if (way in globalThis) Object.defineProperty(globalThis, way, { value: undefined, writable: false, configurable: false });
export {};
