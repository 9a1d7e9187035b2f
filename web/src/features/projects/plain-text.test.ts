import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test.each([
  ['Night runs of the **pallet movers** in _hall B_', 'Night runs of the pallet movers in hall B'],
  ['# Title\n\n- one\n- two', 'Title one two'],
  ['See [the plan](https://plan.example) and `make`', 'See the plan and make'],
  ['3 * 4 * 5 and robot_arm_left', '3 * 4 * 5 and robot_arm_left'],
  ['', ''],
])('%j reads %j', (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});
