// What the server tells by itself.
const RETRY_MS = 2000;

// The browser connects again by itself, unless the server has refused.
export function listen(heard, opened, lost) {
  const source = new EventSource('/events');
  for (const [name, hear] of Object.entries(heard)) source.addEventListener(name, event => hear(JSON.parse(event.data)));
  source.onopen = opened;
  source.onerror = () => {
    lost();
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(heard, opened, lost), RETRY_MS);
  };
}
