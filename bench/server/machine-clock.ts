/** Time in ms that is the same in all processes of a machine, and only ever grows. */
export function machineTime(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
