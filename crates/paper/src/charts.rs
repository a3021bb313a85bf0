//! Two charts that are read at a glance: a bar for each thing, and how often something took how long.

use crate::{
    Bars, Histogram,
    face::Weight,
    flow::{ACCENT, Flow, INK, MEASURE, MUTED, RULE, SIDE, WARNING},
};

/// What a histogram needs, with its caption and axes.
pub const HEIGHT: f32 = 200.0;
const PLOT: f32 = 120.0;
const LEFT: f32 = 34.0;
const SMALL: f32 = 7.5;
const ROW: f32 = 15.0;

/// How high the bars of a chart are, or those that should stand together.
pub fn height(chart: &Bars) -> f32 {
    ROW * chart.bars.len().min(12) as f32 + 24.0
}

pub fn bars(flow: &mut Flow<'_>, chart: &Bars) {
    const NAMES: f32 = 150.0;
    const VALUES: f32 = 90.0;
    flow.need(height(chart));
    flow.text(SIDE, flow.y, &chart.caption, Weight::Regular, SMALL, MUTED);
    flow.y += 12.0;
    let most = chart.bars.iter().map(|(_, value, _)| *value).max().unwrap_or(0).max(1);
    let room = MEASURE - NAMES - VALUES;
    for (name, value, shown) in &chart.bars {
        flow.need(ROW);
        let name = flow.first_line(name, Weight::Regular, 8.5, NAMES - 10.0);
        let name_at = SIDE + NAMES - 10.0 - name.width;
        flow.run(name_at, flow.y + 7.0, name, INK);
        let width = room * (*value as f32 / most as f32);
        flow.rect(SIDE + NAMES, flow.y, room, 9.0, (0xF0, 0xF3, 0xF5));
        if *value > 0 {
            flow.rect(SIDE + NAMES, flow.y, width.max(1.0), 9.0, ACCENT);
        }
        let shown = flow.first_line(shown, Weight::Regular, 8.5, VALUES - 8.0);
        flow.run(SIDE + MEASURE - shown.width, flow.y + 7.0, shown, INK);
        flow.y += ROW;
    }
    flow.y += 10.0;
}

pub fn histogram(flow: &mut Flow<'_>, chart: &Histogram) {
    let last = chart.bars.last().map_or(1, |(_, end, _)| *end).max(1);
    flow.need(HEIGHT);
    flow.text(SIDE, flow.y, &chart.caption, Weight::Regular, 8.5, INK);
    flow.text(SIDE, flow.y + 16.0, &chart.up, Weight::Regular, SMALL, MUTED);
    let (top, left, room) = (flow.y + 40.0, SIDE + LEFT, MEASURE - LEFT);
    let most = chart.bars.iter().map(|(.., count)| *count).max().unwrap_or(0).max(1);
    let step = round_step(most);
    let high = most.div_ceil(step).saturating_mul(step);
    let y_of = |count: u64| top + PLOT * (1.0 - count as f32 / high as f32);
    let x_of = |at: u64| left + room * (at as f32 / last as f32);
    for count in (0..=high).step_by(usize::try_from(step).unwrap_or(1)) {
        flow.rect(left, y_of(count), room, 0.4, if count == 0 { MUTED } else { RULE });
        flow.text_to(left - 6.0, y_of(count) + 2.5, &count.to_string(), Weight::Regular, SMALL, MUTED);
    }
    for (from, to, count) in &chart.bars {
        let (x, end) = (x_of(*from) + 1.0, x_of(*to) - 1.0);
        if *count > 0 {
            flow.rect(x, y_of(*count), end - x, top + PLOT - y_of(*count), ACCENT);
            let run = flow.faces.run(&count.to_string(), Weight::Strong, SMALL);
            let at = (x + end - run.width) / 2.0;
            flow.run(at, y_of(*count) - 3.0, run, INK);
        }
        flow.text(x_of(*from) - 2.0, top + PLOT + 11.0, &from.to_string(), Weight::Regular, SMALL, MUTED);
    }
    flow.text_to(left + room, top + PLOT + 11.0, &last.to_string(), Weight::Regular, SMALL, MUTED);
    flow.text(left, top + PLOT + 24.0, &chart.across, Weight::Regular, SMALL, MUTED);
    if let Some((at, what)) = &chart.mark {
        let x = x_of((*at).min(last));
        flow.rect(x - 0.6, top - 20.0, 1.2, PLOT + 20.0, WARNING);
        let run = flow.first_line(what, Weight::Strong, SMALL, room * 0.6);
        // On the side where there is room.
        let label = if x + 5.0 + run.width > left + room { x - 5.0 - run.width } else { x + 5.0 };
        flow.run(label, top - 14.0, run, WARNING);
    }
    flow.y = top + PLOT + 44.0;
}

/// The distance between two lines that are counted easily.
fn round_step(most: u64) -> u64 {
    let mut step = 1_u64;
    loop {
        for factor in [1, 2, 5] {
            let wide = step.saturating_mul(factor);
            if most <= wide.saturating_mul(5) {
                return wide;
            }
        }
        step = step.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::round_step;

    #[test]
    fn an_axis_has_few_round_numbers() {
        for (most, step) in [(1, 1), (5, 1), (6, 2), (11, 5), (26, 10), (100, 20), (1_000_000, 200_000)] {
            assert_eq!(round_step(most), step);
        }
        assert!(round_step(u64::MAX) > 0);
    }
}
