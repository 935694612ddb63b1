// An objective that does nothing but report, and says what a report took: ms as the last value.
export async function loadWorkload() {
  return {
    work: {
      kind: 'objective',
      objective({ reports }, { report }) {
        const since = performance.now()
        for (let step = 1; step <= reports; step++) report(step, 1)
        return (performance.now() - since) / reports
      },
    },
    training: {},
  }
}
