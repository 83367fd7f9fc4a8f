/// Compact path data: ticks and columns that share one element.
enum SVGPath {
  /// Upright ticks of one height, at increasing places.
  static func ticks(_ places: [Double], top: Int, height: Int) -> String {
    var path = ""
    var last = 0
    for (index, place) in places.enumerated() {
      let tenths = Int((place * 10).rounded())
      if index == 0 {
        path += "M\(tenth(tenths)) \(top)v\(height)"
      } else {
        path += "m\(tenth(tenths - last))-\(height)v\(height)"
      }
      last = tenths
    }
    return path
  }

  /// Columns that stand on a base line, for crowds that ticks would blacken.
  static func columns(_ heights: [(place: Double, height: Double)], width: Double, base: Int)
    -> String
  {
    heights.map { column in
      "M\(number(column.place)) \(base)h\(number(width))v-\(number(column.height))"
        + "h-\(number(width))z"
    }.joined()
  }

  static func number(_ value: Double) -> String {
    tenth(Int((value * 10).rounded()))
  }

  private static func tenth(_ tenths: Int) -> String {
    let sign = tenths < 0 ? "-" : ""
    let size = abs(tenths)
    return size.isMultiple(of: 10) ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
  }
}
