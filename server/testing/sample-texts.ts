/** A scene of some 150 words that passes its evaluation where a work of one short chapter is asked for. */
export const GOOD_TEXT = `The ferry left before sunrise, and Mara watched the harbour lights shrink behind a curtain of rain.

"You could still turn back," said the old pilot. He never looked away from the water.

"No," she answered. "Somebody has to tell them what the lighthouse saw."

Gulls wheeled above the mast. For an hour nobody spoke; the engine grumbled, ropes creaked, and cold spray found its way
under every collar. Then, without warning, a bell rang far out in the fog.

"There is no buoy on this chart," whispered Mara.

The pilot cut the engine. In the sudden quiet they heard it again: three slow strokes, patient as a heartbeat.

"My brother rang it like that," he said at last, "the winter he disappeared."

She lit the lantern, opened her father's notebook at its final page, and began to write down the time. Whatever waited
beyond the grey wall, it had been expecting them.`;

/** A text that fails every evaluation. */
export const POOR_TEXT = 'again again again again';
