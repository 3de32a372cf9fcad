// Tabs, and what is asked again and again.
import { answered, get, session } from './api.js';
import * as ask from './ask.js';
import * as drift from './drift.js';
import * as live from './live.js';
import * as models from './models.js';
import { el, node } from './plots.js';

const EVERY_MS = 1000;
let following = true;
let shown = null;
let chronicle = null;

const cell = () => session.cellModels.find(known => known.id === el('cell').value);
const tabs = [...document.querySelectorAll('[role=tab]')];
const open = () => tabs.find(tab => tab.getAttribute('aria-selected') === 'true').getAttribute('aria-controls');

function choose(tab) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute('aria-selected', chosen);
    each.tabIndex = chosen ? 0 : -1;
    el(each.getAttribute('aria-controls')).hidden = !chosen;
  }
  redraw();
}

function redraw() {
  if (!session.cellModels.length) return;
  if (open() === 'live' && shown) live.draw('live', shown);
  if (open() === 'ask') ask.redraw();
  if (open() === 'drift' && chronicle) drift.draw(chronicle, cell());
  if (open() === 'models' && chronicle) models.draw(chronicle, cell());
}

function follow(on) {
  following = on;
  el('follow').setAttribute('aria-pressed', on);
  el('follow').textContent = on ? 'Pause' : 'Follow the stream';
}

async function beginSession() {
  const { ok, body } = await get('/session');
  if (!ok) return;
  Object.assign(session, body);
  el('cell').replaceChildren(...session.cellModels.map(known => new Option(known.title, known.id)));
  const { body: lines } = await get('/answers');
  if (lines.length) el('cell').value = lines.at(-1).cellModel;
  ask.begin(cell());
  if (ask.fromLink()) choose(el('tab-ask'));
}

async function newest() {
  const { body: lines } = await get('/answers');
  const own = lines.filter(entry => entry.cellModel === el('cell').value && !entry.id.startsWith('try-'));
  const next = own.filter(entry => entry.audited).at(-1) ?? own.at(-1);
  if (!next || next.id === shown?.id) return;
  const found = await answered(next.id);
  if (!found) return;
  shown = found;
  live.offer('live', found.cell);
  live.draw('live', found);
}

function tell(status) {
  const { counts, drift: state, training } = status;
  el('state').textContent = `${status.champion || 'no model yet'} · ${counts.predicted} predicted · ${counts.solved} left to the reference · ` +
    `${counts.audited} audited · latency median ${counts.latencyMsMedian ?? '–'} ms, 99 % ${counts.latencyMsP99 ?? '–'} ms · ` +
    `${counts.deadLetters} dead letters${state ? ` · ${state.state.toLowerCase().replaceAll('_', ' ')}` : ''}` +
    `${training ? ` · training: ${training.phase.toLowerCase()}` : ''}`;
  el('event-list').replaceChildren(...status.events.slice(-60).toReversed().map(event => node('li', `${event.kind}: ${event.text}`)));
}

async function tick() {
  try {
    tell((await get('/status.json')).body);
    if (!session.cellModels.length) await beginSession();
    if (session.cellModels.length) {
      if (following && open() === 'live') await newest();
      if (open() === 'drift' || open() === 'models') {
        const { body } = await get('/chronicle');
        const changed = JSON.stringify(body) !== JSON.stringify(chronicle);
        chronicle = body;
        if (changed) redraw();
      }
    }
  } catch (lost) {
    el('state').textContent = `no answer from the simulator: ${lost.message}`;
  }
  setTimeout(tick, EVERY_MS);
}

tabs.forEach((tab, i) => {
  tab.addEventListener('click', () => {
    history.replaceState(null, '', `#${tab.getAttribute('aria-controls')}`);
    choose(tab);
  });
  tab.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(i + step + tabs.length) % tabs.length];
    choose(next);
    next.focus();
  });
});
for (const id of ['live-variable', 'live-other', 'ask-variable', 'ask-other']) el(id).addEventListener('change', redraw);
el('cell').addEventListener('change', () => { shown = null; ask.begin(cell()); redraw(); });
el('follow').addEventListener('click', () => follow(!following));
el('protocol').addEventListener('input', ask.read);
el('send').addEventListener('click', ask.send);
el('share').addEventListener('click', ask.share);
el('csv').addEventListener('click', ask.csv);
el('json').addEventListener('click', ask.json);
el('retrain').addEventListener('click', () => models.order(cell(), 'RETRAIN'));
el('rollback').addEventListener('click', () => models.order(cell(), 'ROLLBACK'));
el('pause-training').addEventListener('click', () => models.order(cell(), 'PAUSE'));
el('resume-training').addEventListener('click', () => models.order(cell(), 'RESUME'));
addEventListener('resize', redraw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
choose(tabs.find(tab => location.hash === `#${tab.getAttribute('aria-controls')}`) ?? el('tab-live'));
tick();
