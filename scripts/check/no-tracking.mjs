// R15 and R16: no attention tracking, emotion analysis or engagement score exists, and no telemetry, crash upload or
// update ping. Looks at the locked packages (those of packages included), at every identifier and short string of the app's
// code, and at what was built.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../setup/paths.mjs';
import { placeOf, readSources, report, walk } from './sources.mjs';

const TELEMETRY_PACKAGES = [
  /^@(sentry|bugsnag|datadog|segment|amplitude|rollbar|newrelic|logrocket|fullstory|rudderstack|snowplow|honeycombio)\//u,
  /^@(microsoft\/applicationinsights|opentelemetry\/exporter|aptabase|umami|vercel\/analytics|elastic\/apm|grafana\/faro)/u,
  /^(sentry|raven|bugsnag|mixpanel|amplitude|posthog|rollbar|newrelic|dd-trace|logrocket|hotjar|heap-js|countly)(-|$)/u,
  /^(analytics|analytics-node|universal-analytics|insight|applicationinsights|matomo-tracker|plausible-tracker)$/u,
  /^(react-ga4?|ga-4-react|ga-gtag|electron-google-analytics4?|nucleus-analytics|nucleus-nodejs|electron-updater|update-electron-app)$/u,
];

const TELEMETRY_HOSTS =
  /\b(?:[a-z0-9-]+\.)*(?:google-analytics\.com|googletagmanager\.com|doubleclick\.net|app-measurement\.com|crashlytics\.com|sentry\.io|segment\.(?:io|com)|amplitude\.com|mixpanel\.com|posthog\.com|bugsnag\.com|rollbar\.com|datadoghq\.(?:com|eu)|nr-data\.net|newrelic\.com|applicationinsights\.(?:azure\.com|io)|hotjar\.(?:com|io)|fullstory\.com|logrocket\.(?:com|io)|clarity\.ms|plausible\.io|matomo\.cloud|aptabase\.com|count\.ly|honeycomb\.io|logz\.io|update\.electronjs\.org)\b/giu;

const TRACKING_WORDS = [
  /(attention|attentiveness|engagement|productivity|participation|focus)(track|scor|level|monitor|detect|metric|index|rank)/u,
  /(emotion|mood|sentiment)(analy|detect|recogn|scor|classif|infer|track)/u,
  /(gaze|eye)(track|detect|estimat)/u,
  /(facial|face)(expression|emotion|blendshape)/u,
  /(speaking|talk)timescor/u,
];

const CALLS_HOME = [
  { object: 'crashReporter', property: 'start' },
  { object: 'autoUpdater', property: 'checkForUpdates' },
  { object: 'autoUpdater', property: 'setFeedURL' },
  { object: 'navigator', property: 'sendBeacon' },
];

/** @param {string} word */
const isTrackingWord = (word) => {
  const plain = word.replaceAll(/[\W_]/gu, '').toLowerCase();
  return TRACKING_WORDS.some((pattern) => pattern.test(plain));
};

/**
 * @param {{ packages?: Record<string, unknown> }} lock the content of package-lock.json
 * @returns {string[]} complaints
 */
export function findTelemetryPackages(lock) {
  const names = Object.keys(lock.packages ?? {}).map((path) => path.split('node_modules/').at(-1) ?? '');
  return [...new Set(names)]
    .filter((name) => TELEMETRY_PACKAGES.some((pattern) => pattern.test(name)))
    .map((name) => `package-lock.json: ${name} is telemetry (R16)`);
}

/**
 * @param {import('./sources.mjs').Source[]} sources
 * @returns {string[]} complaints
 */
export function findTracking(sources) {
  /** @type {string[]} */
  const complaints = [];
  for (const source of sources) {
    walk(source.program, (node) => {
      const name = node.type === 'Identifier' || node.type === 'JSXIdentifier' ? node.name : undefined;
      // Sentences are texts for people, who may well be told that none of this exists.
      const text =
        node.type === 'Literal' && typeof node.value === 'string' && !/\s/u.test(node.value) ? node.value : '';
      const word = name ?? text;
      if (isTrackingWord(word)) complaints.push(`${placeOf(source, node)}: ${word} (R15)`);
      if (node.type !== 'MemberExpression') return;
      const isHome = CALLS_HOME.some(
        ({ object, property }) => node.object.name === object && node.property.name === property,
      );
      if (isHome) complaints.push(`${placeOf(source, node)}: ${node.object.name}.${node.property.name} (R16)`);
    });
  }
  return complaints;
}

/**
 * Looks at what is handed to people: a package under another name, or a part of one that was copied, still has to call its
 * makers somewhere.
 * @param {string} folder with the built app
 * @returns {string[]} complaints
 */
export function findTelemetryHosts(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:[cm]?js|html|css|json)$/u.test(path))
    .flatMap((path) => {
      const found = readFileSync(join(folder, path), 'utf8').match(TELEMETRY_HOSTS) ?? [];
      return [...new Set(found)].map((host) => `${basename(folder)}/${path}: ${host} takes telemetry (R16)`);
    });
}

/**
 * @param {string} [root]
 * @returns {string[]} complaints about a checkout, and what was built of it if anything was
 */
export function checkNoTracking(root = ROOT) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return [
    ...findTelemetryHosts(join(root, 'out')),
    ...findTelemetryPackages(lock),
    ...findTracking(readSources(['common', 'main', 'preload', 'renderer'], root)),
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) report(checkNoTracking());
