/// A sample sorted once, so that the quantiles of each resample need one pass and no sorting.
struct RankedSample {
  let sorted: [Double]
  /// For each rank the index that the value had.
  private let order: [Int]

  init(_ values: [Double]) {
    // Ties by index: the same sample is ranked in the same way everywhere.
    order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    sorted = order.map { values[$0] }
  }

  /// - Parameters:
  ///   - places: in rising order of their quantiles.
  ///   - times: how often each value occurs in the resample, by its index; as many in sum as
  ///     there are values.
  func quantiles(
    _ places: [LatencyStatistics.Place],
    under times: [Int32],
    into values: inout [Double]
  ) {
    var rank = 0
    var seen = Int(times[order[0]])
    for (number, place) in places.enumerated() {
      while seen <= place.index {
        rank += 1
        seen += Int(times[order[rank]])
      }
      let low = sorted[rank]
      if place.fraction == 0 || seen > place.index + 1 {
        values[number] = low
        continue
      }
      // The next value of the resample is the next that occurs in it at all.
      var next = rank + 1
      while next < order.count, times[order[next]] == 0 { next += 1 }
      values[number] = place.between(low, next < order.count ? sorted[next] : low)
    }
  }
}
