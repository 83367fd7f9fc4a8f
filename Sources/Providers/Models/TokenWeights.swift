import Foundation

/// What a word of Latin letters costs: the sum of a weight for each run of three letters, picked by
/// a hash, one for its length, and one for what stands before it and for its capitals.
///
/// The weights are a least-squares fit to the counts of `o200k_base` on words of English, German
/// and French manuals, of source code, and of what its vocabulary holds whole, in which a word
/// never costs less than one token. The texts of `TokenSample` had no part in it.
enum TokenWeights {
  /// Weights are in these parts of a token.
  static let unit = 64

  enum Prefix: Int {
    case space
    case none
    case other
  }

  enum Capitals: Int {
    case none
    case first
    case all
  }

  private static let hashBits = 12
  private static let longest = 24

  /// - Parameters:
  ///   - word: its letters alone.
  ///   - weights: `table`.
  static func cost(
    of word: UnsafeBufferPointer<UInt8>,
    _ prefix: Prefix,
    _ capitals: Capitals,
    _ weights: UnsafeBufferPointer<Int8>
  ) -> Int {
    let forms = 1 << hashBits
    var cost = unit + Int(weights[forms + prefix.rawValue * 3 + capitals.rawValue])
    cost += Int(weights[forms + 9 + min(word.count, longest)])
    // A word's beginning and end are part of its first and last run.
    var run: UInt32 = 0x5e << 16
    for index in 0...word.count {
      let byte = index < word.count ? word[index] : 0x24
      let folded = (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
      run = run >> 8 | UInt32(folded) << 16
      if index > 0 { cost += Int(weights[Int((run &* 0x9e37_79b1) >> (32 - hashBits))]) }
    }
    return max(unit, cost)
  }

  static let table: [Int8] = {
    let bytes = Data(base64Encoded: encoded) ?? Data()
    precondition(bytes.count == (1 << hashBits) + 9 + longest + 1, "the table of weights is broken")
    return bytes.map { Int8(bitPattern: $0) }
  }()

  private static let encoded = """
    VSESK/cmAP4QK7v2AOcTDvsWAA7OOAULIx0iCfz9HBsV+x0O7SEH7wAGCgcK/Qj+FgEA9v3hIh07BgIEIRYLDREZARAT\
    IA0eDO4BKygPBBULGxNH7h4GFkO4IPIHIxEHDSc3Jxb/AhEA5TYk/gFZJhIXCBILAS32tgwuGQgu8h0AJQkUF/MRTQ0T\
    FPs5DRYEG6oGESIhBPoaIgE6DQgXCCH0GQ4OBzcYJwTTBR0J7e0GBj8AAO8jCBj6GBAvAPoIAA8fCwUv++Ra/g0dBE4F\
    JCgXBQ8YGzrhB+UDFRsIAP4XAwYCIyDsEAH/Bvsj9wEnSgAgCwAPE/cHFAgDCBQEEvj8DAcG+wn6CAMQPAomEQX3FSH1\
    +yTjEQkwHOxVDSYHPQQKB+skeAQXFSfvBwAFBw/96/QLIh8IJQ4FB0MwGBP0LiUKGg8BGhMMBSLzGBM1DQwPDPTvAhkM\
    JUAH5usHCQElKwQQCQMRASezEBf4+wIDFw4PEw8DEQ4MIAMR3+wnCAATEhQ9KPoGGj8LABES/wXRDvoLDg0jGAwKHCsZ\
    7SILJhYAAyToC1EyCQsfDAAdCigTLwbzSAIKKvz7Hwzg9wcaFkMJ/BD7+x3oBTP4BBQJIQIVFQ0CAwsd7icADQonGgIN\
    +vAOBQAd/f8NDg0JBxcEARMMGiQeFAYACSoUQiD6DzhdEAoQNgrmGhU2JhT/AQj+FgEAAAgBJTIQBgAODhk8MxAAvTQQ\
    QRIe+CcACBAKB+sLD/gADxMHDAFeChEJBAcMGRYJGyMACgEACRIvEZ0RBBUDFAwAAREpFMcY3QEbJBNVGicXEtso8wAG\
    Ff4UQgwW+AA0AAklCxoQRwsgCyMG9QQPIQwI+w8AChQLFw8AA/0Ryv4HCyz7+xd6FB4XCAARGcgLIQAGLi/64gnkCh0K\
    EfEaAwsWFgEGAA0DDAoeCRoEAAv25dgHNOJKCP4PgQoA+g06JPQNFBgz+VETAyQE8wAH/DUfHxUMLBYYJ/sJAxIcIP0N\
    swIDExAKGlIAIgXpAxMPEzgvBP0eN+gP9RoMCQgJ5vArDQ/5BwP8DUAf/w0I8DAV8SP8EwITAxsKFg4AJNkNISI+GQ8d\
    ARIG/yT2SBsb8gX8DusHDxUpBgsC/AAS7A8LEPr2C/gEAxMYAP72ABLyWQY7ExQS4B4JB0MkDil3C/AbQQgRCAAAHDMW\
    GQLV7R8UB1Id3CgcJALp/AfHEgcRDyMXJiwe9hruCvYAEQcKCgv15Pa6ARkAIPQFFTX3JPMOLDcDCwn9CQUpNNANB/76\
    Ah8S4gDx/hUICQwDAA5RBgA4Bfwe6wACCBYSI/UI8/0D8gEdEgA2IO/2Ewjt//IxGQUGJBwYDw4AGR/QCQYH8yEXCx0L\
    EicSCdwM+focCRYKECYV+PrvE0AA+vzaER0P9kL9GQMO8DEMDxNhCxURFfsD3BX//SolGQMBWggTF+f4BygsSfviEujt\
    BAsFOfwW/00O+UodARsD+QAJKw0RDBANvh305ikCCgQYCw0CZA/gJQb9JDgPEPgKD/wAEgsYB+r3E/7+JAX4JRcL/RYB\
    ExwS+jf8JAT5Agz0BAAxGvvOKwz+zPoHBxUCDAf/9wIJDfI+CffV/xxpOg4ALRocFB8Y5AH84hIJChsKMxEODgAJ8yEg\
    EukQBf0M/yk9IwYN/TQABxUDAX8FAhcO/wwK+PYDEDb6Dx8aBe0FDfwAPe7/GBcRBQMd7RUDDQUICUnOAgn/AvgHIQQK\
    FvgUAx5fAfUGGWrcH/ICBwUgGvL3JBomBiEB+RUmGw0P/x8WA8cNDQgF7gsAHAn/C/0bBB0UBgfu4QsaEAcwIwER6R0O\
    B+APFicnCOYU938ECxAL+A/7CAAGBfUNACUQEWwRGeD9+xgaHiEDPQsODRv6+TztCgRRAxUQGRoPDBsM9hPeAQkGAwb9\
    F/EILwHxCR8nKxABFQAeRhAK9fMd5woGCPwWCws1JhP45P8ENEUAJCAeD/raLbMH8g0hFfpICP34NQQlHyUDJA8k1xQH\
    LvgIBgARChggFxJMFCEaHxkE8PooLAf2DPsgGBwqDe1JVAH7yQgWDAr64QMaDBIHAb3WEA8IBBsKBrQFGgADEREF2wsU\
    E9v+EjUXC/8ZAAngAQj6BAYFFh05A/AXLBkU/g8ZHv8lFw8AJQIA/A3REAcAFQsS3g4S8PMV/hsE7x78APUCBhAT/wYz\
    +kpaFwr4ChFaNAoNCgULIhMGBg0AAgj//SH4BwBBEl4XAkPwBwIF+/IAFwQGHwsQKRoh8hP9SRUeDgkTJhUSEDXyOR4T\
    H+hZ/g7mExcOECwESxQFABIZAR/xCQET7iQOIz4PIhzeDQQM81UNABs1EAwZAwvhGP83CjkNIxQWQwH5/AwNFAMQAQkM\
    GPf+/AHZNBL6EA8KASABNBwCAAAVC/bWA9IvGf0MAAUWBQUcNAUIEiACBsQXDwYXDAjvCRQi6gsiBvwJCwAVHAP+GjPs\
    //cMGuv66/r6CyEcARL3Cg4GQCz9+wEbHQdDK+kfDA0AAhUjBRkUBzv4Hv78/gH4AO8EEQsRFxHvEAP85gEj/wHpDg0S\
    BC4YEhoAF+sECBoAIRz9JyQGEvb1XA4ADhIhGxUlHE00BQD9FRwXABH1DRMW/Az4BRIU2gsT6gsNBBAV+BIBJ/8SBSQR\
    Ebj/ByEB/wEX9h8IBBIUMx3uEe8JDfEPAQDgBwxX3UgZ8R4Q+/gnIg0FEhgUHR0GEucIABUFDQYg+hsCHvcZDPH64g4G\
    +AEMB/AgFhgMIhLS6wcOEwoODx4LWuIC+AUbHwsH2RPxITcT+AEIHfwVBCFf/g4PGgkIBA0I/f4e7hoWQRrwDxTxPjjx\
    EwT/5gkIFB/gCO0F/w/+8BgEAAoEKf73G/Eh/A8R8QAmDgoXHPQkDB8cEPrxEwkyBEoVIPYNAPwGCg0IDvjq/Q/8BCwJ\
    GRkVFgEAEB4AIQfr7AMCDzAP+woLEgEi/vXpC/wKNiAF6BgYFAwOD/kbGCgaL/kdGQIdCgUZCgAW/gsDDCEUFBzwDxMx\
    FvUe/OwbEwsXGQoDIzPr/fz3ATgGIin9RhMQNv4gOwQY/fUgDhIuBEgRFAkJFPUSAAsAFBrwFLn6CB4lJhjy+BE0MQez\
    CQgK6hH4Ewse7SgA8QYQAioaKyURCA0KFhYRDjcjCOcBGRMzCQYA/RIQCR3uDPYqPwAC9hgBEQ0YEQUL7wkWOPkQ+wAW\
    ChJJ+PoeGBnzEQwIAgojESsLTvclADLYDvAMBxAmC98IWzcXBxMYDggCEBgKJu4OH/8OGRQOEQnx6NIM7BspA+sj3wS0\
    GwkV4A0jIUwNBw39ygIAEBIGCBwjCSISAS0TMAD+7QYFFQIJD/8KDSkbBiwFBv7oGwEAFfUQASEZGRI3HBb1BQgP+jH4\
    Fw0sIgMS4zgRH74aH90WDAEeHvxfBP9lBPYAAREFCQf2A2oSCQZ4DAcL7AMCFv1EAvgbGAgO8Q318dsX/zfmDgcQBfwc\
    7xA1AwkKBbwZ/g0IEv8P3ggM+/v6EB/cHwzqDQYUCBMHKBQaBAkMFBP2LP4NUxIU/ysvIwE9Bz0MCg8cBQAB4QEeFhb8\
    //UREwQdJvsdHBEhAf0S/xQlCQEuEDvrNRL/DQv8ShENFAIJCAAA/zLjIhP0LQIBGwsSCRIlNhUdCuT75f8V+BIL+BkU\
    CAnoDw439QARDAYSAjAT+wfwGh8HFgYFDAbqMBIhC/0c/wEEAv07GRojBgn/CRTmEjwCEBU2AwEUHwQDFBgFCyNCEfw+\
    CwEADPn7RxEQIAP9FSIABfwhBiXzFBwoAAwZ/BTADg8JBQwM8i4P+h0nWwUUDyjyBgPrEAHwAwTwISLyFhsIMwAPCR0E\
    TgEFDCELFCbRORUTIRwLxf148/UNGhkHCRAXHzI3GwMBAAn6Bu0bDwAg7BAyEfUQCQ1DKA8hZhcY9goNFgBb8i0EKgsK\
    LyEaBwV/TyA3+RcEAswPJvgX9A4O+CgAGQD9Fh/++OwEDgD/AfYQDBsSAwIFIPYaFfsCGRIEEBgDCf0c2QUFAgsxJ1AI\
    HQf5EQkVDAALAMD8BQkl/QnuCyII5hYGBxMCABwHGAAXEwQhEf4BCUYoDMv9ExAZCDAZBQ4ZFwP1FTkKHzMNCQAVFQAD\
    jxzdEB0oIhLyEgUV+Q8Q+NAUFvwRBAYSRSEC8fgrXvz5JvcI6zIXCRbgHgsOAP8wEvrjCA8NEvwlEAgPBx0dEu458Q4Y\
    NjIKHiMCByj1Jg4RIe4BHfcN+fYVHBKxAAIaE/8BChQqDPYpDxAM3AsWDyoACBYGIwj9GwIJIhsDEhn4HhPpCs4GEQYA\
    IQkb9Dj6AmD5EAkIZwMl/v4WCHuBCkYeERoA9hcHDSQAIA0qJw4ZAP5CChUc+wUDRw/+CucJD/JVMQDbDgvpER9C/Rr4\
    DgH/sP3OBAMlEQfyOfvo//cfBkkHENsRDg4MFg8HAR1hCxrxEvERERcYFBIjD/gR7/IJBBgXNAobEQ0FCcELDkde/Pz+\
    HAsk+xQUCS3YFwobEB8ICQEBNgsTMPQR1x30HA0KABsM+CwgESkE+9gjIQswLQcDNxgXz70S9jIcEhMcBeULEwAIETwA\
    8jH+EA8IDAUFEBAO5NQz9/ryCvcKHcMk8QIb0xsGBgEQThMAAgTwCyIdDhPjByM7/gbfDgAQ7AkSABf3MRz3E0QLCBv3\
    GhX6FAIN1v8KMvwAAhD6CQgM+y0YEBkIBQEG9dcQDfQJIiAlExjkBVUrFDD2HCQR+/4MWwb2+z3+BAMARRQYGgoQBg4L\
    DQYNUy4H+wYSFhcHEk76FgAAB//7ygTo/BMC6w8FBQkgI/IRBf8l/gn+DQQu/ycnDxUQFAreAAX5BRoOAgIk2vT7GvIE\
    8hM29wwTBToAACMXFhMc/SgcLgAd2f8JCgAL6gsK+ezhEhIdQ/8g7g37Cg0TFxQYAxMM/iEL4y0t//LXJf4nEv8PDfry\
    GBUIDS34AOoRIwInRgLpGRAHDitW+0YGEPwnIxsFAgsEAgUVEv4DIwQ5G/oKCvUYLBPWPQYSJuf4BA06BwMjFgViATkM\
    rAf/LgcTCQEiDv7hJhgXAvT3+CQgEgcNIisVIBoRHfftBv4eEOkOEfn2AfnuJhAzFAAJ9QsPCSIULfkADeIXAhQT9xgA\
    8g0IBVj+zUQ0HRAFCiwvExcSKP0S8RhNCBAdAg0R4iIAHA8AJgAAHwlOA84VE/RAEgsWDBgNAy4EChkQGQfYAPsbDkkY\
    F/8P/xQR9R7+CAs2Bg/hBgAWDBZC4v8o+Rz9ISIXFNLaBCoBGhH3/+z4JwsSHgAOqSD9bwPN9hMQFBMR/hL1C+UEAPMi\
    FDwKGRwDzhwCAAYDEQkQLhIWRAv78hQFDQw0CBwgGBALHCsIAA7qCztcARYgPgIQ+AwZFCcE8UoICvEg+v8HAxED/wBC\
    FO0JARwzE/sfABQFBAUGDRoAG/sRBd0IKev4GQQFGRYiLgDY39rX2Nrg5env8/79CQ0gHiQuMTA+PFs=
    """
}
