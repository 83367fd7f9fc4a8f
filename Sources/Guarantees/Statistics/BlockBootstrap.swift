import Worlds

/// Resamples of indices in circular blocks, from a seed.
struct BlockBootstrap {
  /// How often each index occurs in the present resample.
  private(set) var times: [Int32]
  let blockLength: Int
  private var generator: SeededGenerator

  init(count: Int, seed: UInt64) {
    times = Array(repeating: 0, count: count)
    generator = SeededGenerator(seed: seed)
    var length = 1
    while (length + 1) * (length + 1) * (length + 1) <= count { length += 1 }
    blockLength = length
  }

  mutating func draw() {
    let count = times.count
    for index in 0..<count { times[index] = 0 }
    var left = count
    while left > 0 {
      var index = generator.below(count)
      for _ in 0..<min(blockLength, left) {
        times[index] += 1
        index = index + 1 == count ? 0 : index + 1
      }
      left -= blockLength
    }
  }
}
