// Tabs, and what the server tells while they are open.
import { answered, get, session } from './api.js';
import * as ask from './ask.js';
import * as drift from './drift.js';
import { listen } from './stream.js';
import * as live from './live.js';
import * as models from './models.js';
import * as operations from './operations.js';
import { el, node, words } from './plots.js';
import * as trials from './trials.js';

const RETRY_MS = 1000;
const latest = new Map(); // newest line of the stream by cell model, audited ones apart
let following = true;
let shown = null;
let fetching = false;
let looking = false;
let chronicle = null;
let isBehind = true;

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
  newest().catch(lost);
  catchUp().catch(lost);
  look().catch(lost);
}

function redraw() {
  if (!session.cellModels.length) return;
  if (open() === 'live' && shown) live.draw('live', shown);
  if (open() === 'ask') ask.redraw();
  if (open() === 'drift' && chronicle) drift.draw(chronicle, cell());
  if (open() === 'models' && chronicle) {
    models.draw(chronicle, cell());
    trials.draw(chronicle, cell());
  }
  if (open() === 'operations') operations.draw();
}

function follow(on) {
  following = on;
  el('follow').setAttribute('aria-pressed', on);
  el('follow').textContent = on ? 'Pause' : 'Follow the stream';
  newest().catch(lost);
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

// One at a time: a slow fetch must not be overtaken by the next.
async function newest() {
  const next = latest.get(`${el('cell').value} audited`) ?? latest.get(el('cell').value);
  if (!following || fetching || open() !== 'live' || !next || next.id === shown?.id) return;
  fetching = true;
  try {
    const found = await answered(next.id);
    if (!found || found.cell.id !== el('cell').value) return;
    shown = found;
    live.offer('live', found.cell);
    live.draw('live', found);
  } finally {
    fetching = false;
  }
}

function hearAnswer(line) {
  latest.set(line.audited ? `${line.cellModel} audited` : line.cellModel, line);
  newest().catch(lost);
}

function hearChronicle() {
  isBehind = true;
  catchUp().catch(lost);
}

async function catchUp() {
  if (!session.cellModels.length || !isBehind || (open() !== 'drift' && open() !== 'models')) return;
  isBehind = false;
  chronicle = (await get('/chronicle')).body;
  redraw();
}

// With each status while the tab is open, one at a time.
async function look() {
  if (open() !== 'operations' || looking) return;
  looking = true;
  try {
    await operations.refresh();
  } finally {
    looking = false;
  }
}

function tell(status) {
  look().catch(lost);
  const { counts, drift: state, training } = status;
  el('state').textContent = `${status.champion || 'no model yet'} · ${counts.predicted} predicted · ${counts.solved} left to the reference · ` +
    `${counts.audited} audited · latency median ${counts.latencyMsMedian ?? '–'} ms, 99 % ${counts.latencyMsP99 ?? '–'} ms · ` +
    `${counts.deadLetters} dead letters${state ? ` · ${words(state.state)}` : ''}` +
    `${training ? ` · training: ${training.phase.toLowerCase()}` : ''}`;
  el('event-list').replaceChildren(...status.events.slice(-60).toReversed().map(event => node('li', `${event.kind}: ${event.text}`)));
}

function lost(reason) {
  el('state').textContent = `no connection to the simulator, trying again${reason?.message ? `: ${reason.message}` : ' …'}`;
}

// A server that was started anew has another token.
async function again() {
  const { ok, body } = await get('/session');
  if (ok) Object.assign(session, body);
}

// Until the simulator has started there is only its status to ask for.
async function begin() {
  try {
    await beginSession();
    if (session.cellModels.length) {
      listen({ status: tell, answer: hearAnswer, chronicle: hearChronicle }, () => again().catch(lost), lost);
      return;
    }
    tell((await get('/status.json')).body);
  } catch (reason) {
    lost(reason);
  }
  setTimeout(begin, RETRY_MS);
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
el('cell').addEventListener('change', () => { shown = null; ask.begin(cell()); redraw(); newest().catch(lost); });
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
begin();
