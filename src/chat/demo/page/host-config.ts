const accents = {
  default: 'var(--text)',
  dark: 'var(--text)',
  light: 'var(--muted)',
  accent: 'var(--accent-text)',
  good: 'var(--good)',
  warning: 'var(--warning)',
  attention: 'var(--attention)',
};

const foregroundColors = Object.fromEntries(
  Object.entries(accents).map(([name, color]) => [
    name,
    {
      default: color,
      subtle: name === 'default' ? 'var(--muted)' : color,
      highlightColors: { default: 'var(--highlight)', subtle: 'var(--highlight)' },
    },
  ]),
);

const container = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
const label = { size: 'default', weight: 'bolder', color: 'default', isSubtle: false };
const family = 'inherit';

/** How cards look. Colours are the page's custom properties, so that a change of theme needs no rendering. */
export const hostConfig = {
  hostCapabilities: { capabilities: null },
  choiceSetInputValueSeparator: ',',
  supportsInteractivity: true,
  spacing: { small: 6, default: 12, medium: 18, large: 24, extraLarge: 32, padding: 20 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  imageSizes: { small: 32, medium: 64, large: 128 },
  fontTypes: {
    default: {
      fontFamily: family,
      fontSizes: { small: 13, default: 15, medium: 16, large: 19, extraLarge: 23 },
      fontWeights: { lighter: 400, default: 400, bolder: 600 },
    },
    monospace: {
      fontFamily: 'var(--mono)',
      fontSizes: { small: 13, default: 14, medium: 15, large: 18, extraLarge: 22 },
      fontWeights: { lighter: 400, default: 400, bolder: 600 },
    },
  },
  lineHeights: { small: 18, default: 22, medium: 24, large: 26, extraLarge: 30 },
  textBlock: { headingLevel: 2 },
  textStyles: {
    heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false },
    columnHeader: { size: 'default', weight: 'bolder', color: 'default', isSubtle: false },
  },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--emphasis)'),
    accent: container('var(--accent-soft)'),
    good: container('var(--good-soft)'),
    warning: container('var(--warning-soft)'),
    attention: container('var(--attention-soft)'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { ...label, suffix: ' *', suffixColor: 'attention' },
      optionalInputs: label,
    },
    errorMessage: { size: 'small', color: 'attention', weight: 'default' },
  },
  actions: {
    maxActions: 24,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  adaptiveCard: { allowCustomStyle: true },
  factSet: {
    title: {
      color: 'default',
      size: 'default',
      isSubtle: true,
      weight: 'default',
      wrap: true,
      maxWidth: 180,
    },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 16,
  },
  table: { cellSpacing: 8 },
};
