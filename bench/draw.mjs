// Draws what comes in on standard input, `{ file, title, bars: [{ name, value, goal? }], unit }` each, as two pictures:
// FILE-light.svg and FILE-dark.svg.
import { readFileSync, writeFileSync } from 'node:fs';
import * as echarts from 'echarts';

const themes = {
  light: { ink: '#1f2328', faint: '#d1d9e0', bar: '#2f81c9', worse: '#c4572e', goal: '#1f2328' },
  dark: { ink: '#e6edf3', faint: '#3d444d', bar: '#58a6e8', worse: '#e8825c', goal: '#e6edf3' },
};
const ROW = 24;

/** @param {number} value */
const shown = (value) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));

for (const { file, title, bars, unit } of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const [theme, { ink, faint, bar, worse, goal }] of Object.entries(themes)) {
    const chart = echarts.init(null, null, {
      renderer: 'svg',
      ssr: true,
      width: 860,
      height: 90 + ROW * bars.length,
    });
    const reached = (/** @type {{ value: number, goal?: number }} */ each) =>
      !(each.value < (each.goal ?? 0));
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: 'system-ui, sans-serif', color: ink },
      title: { text: title, textStyle: { color: ink, fontSize: 15, fontWeight: 600 } },
      grid: { left: 12, right: 70, top: 40, bottom: 12, containLabel: true },
      xAxis: {
        type: 'log',
        axisLabel: { color: ink, formatter: (/** @type {number} */ value) => `${shown(value)}${unit}` },
        splitLine: { lineStyle: { color: faint } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map((/** @type {{ name: string }} */ each) => each.name),
        axisLabel: { color: ink, fontSize: 12 },
        axisLine: { lineStyle: { color: faint } },
        axisTick: { show: false },
      },
      series: [
        {
          type: 'bar',
          barWidth: 13,
          data: bars.map((/** @type {{ value: number, goal?: number }} */ each) => ({
            value: each.value,
            itemStyle: { color: reached(each) ? bar : worse },
          })),
          label: {
            show: true,
            position: 'right',
            color: ink,
            formatter: (/** @type {{ value: unknown }} */ { value }) => `${shown(Number(value))}${unit}`,
          },
        },
        {
          type: 'scatter',
          symbol: 'rect',
          symbolSize: [3, 19],
          itemStyle: { color: goal },
          data: bars.flatMap((/** @type {{ goal?: number }} */ { goal }, /** @type {number} */ index) =>
            goal === undefined ? [] : [[goal, index]],
          ),
        },
      ],
    });
    writeFileSync(`${file}-${theme}.svg`, `${chart.renderToSVGString()}\n`);
    chart.dispose();
  }
}
