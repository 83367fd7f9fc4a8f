import Foundation

/// Archives that gzip itself made, of texts with and without the key of `KeySearchTests`.
enum GzipFixtures {
  /// A log of 61 lines, the key in one of them.
  static let dynamic = unpacked(
    """
    H4sIAAAAAAACA53Xu0rDcBzF8b1P8X+BQH63pBXcFB1cFFGsOKRNqjW92bRU3146CPZk6oFsCV8yfE4ummuRiWTq\
    j5Jf5MdjnOar2TpNq8Ui5aladYdm29TpMN99pG5X7fZd0vx4ok5t85Neu6ZaNPXbQE9TAinhUwop5VMGKeNTDinn\
    UwGp4FMFpAo+VUKq5FNDSA351AhSIzolqF147tLjznsX9C48eEHwwosXFC88eUHywpsXNC88ekH0wqsXVC88e0H2\
    wrtXdK+8e0X3yrvX3nOed6/oXnn3iu6Vd6/oXnn3iu6Vd6/oXnn3iu6Vd6/oXnn3hu6Nd2/o3nj3hu6Nd2+9Dxze\
    vaF7490bujfevaF7490bujfevaF7490burdT9/+vlr/v9rqZ7N+P1cuuzTbb9We2XE/bbPw9lPZ+c7fM9WlXli8T\
    e1g9R3U7HV19+XVT3MwG59ya44ycn5HjjJyfkeOMnJ+R44ycn5H3fhT4GTnOyPkZOc7I+Rk5zsj5GTnOyPkZOc7I\
    +ddHoPvg3Qe6D959oPvg3Qe6D959oPvg3UfvD5l3H+g+ePeB7oN3H+g+ePeB7uMc979QRpxFFRIAAA==
    """
  )

  /// The key twice, with the codes that need no table.
  static let fixed = unpacked(
    """
    H4sIAAAAAAACA8tOrbQtztYtKMrP0s3NT87WjaqwMMwOLPDJNTAKKzE3j0wyDsoLN030SLZ0KTRxTTVzT1PIJl0P\
    ACbSn3pnAAAA
    """
  )

  /// The key, stored as it is.
  static let stored = unpacked(
    """
    H4sIAAAAAAAEAwEzAMz/a2V5PXNrLXByb2otbW9jay1aeDgxa1FwTG0wMlZ0NzdZYjNSblc1YUhjOURxNEVlNkdm\
    8K0kIzMAAAA=
    """
  )

  /// Twenty characters of the key, in an archive that names its file.
  static let named = unpacked(
    """
    H4sICAAAAAAC/3ZlbmRvci5sb2cAS1TwyTUwCisxN49MMg7KCzdN9Ei2dFFIAgCg58kdGAAAAA==
    """
  )

  /// The first one, packed once more with other bytes around it.
  static let nested = unpacked(
    """
    H4sIAAAAAAACA8tITUxRkO/mYAABJua513d7HS6QOfpxr//H+kaHuu1LRO+IyMaIBK6xWOK7ynTvzS0h9+OsOL6l\
    vGrM4Yw3qvHTm5U9sTPlVf+k+CfHk+c8W33Tynf1UaWnK6NK29NuX3lpcL92SV7422+xl/5ULPLL/Tw5bveyKJOv\
    tx38g5k0HwZzaT4NZtN8HMyn+TyYceWDYNYlXHahTqueBDt78P68whGkbKW6Irbi3aXH56rFv+jZVDh+ONQtLqJv\
    U+n46dBscRN9myrHL4dWi4fo21Q7fju0O7xk/Z5q1++ndl+/VzyvfP2LuMrvXe+m4mK0vestz39xrwLC2Msvc2/v\
    wurHd6V3mWMwtgd//79+2v7333bNfHO//+rpdWfNbn9N3xbjfzvnj+2Ub3XF2898zQyfpi9cHWHrXmotG1v7szT4\
    zhm253dmPe6ZM38iGvG9TuSHpOW5Ez+xEdfdF/x+cJd9F/+9WhSG+3v+meXyL+wqvje+a4YxHst83x/gNsdVVIiB\
    QaEkMTMHAHvs5gHQAQAA
    """
  )

  /// A log without a key.
  static let clean = unpacked(
    """
    H4sIAAAAAAACA53XTUpDQRBF4bmr6A0Ir25V5cd1OFIcBPPEYIhgIsHdS4beN/JAzRrO6KOp0qTVfcS96jGmh+k2\
    T+Nwevscr7vjcUxjdzpf5695P66Hy/s4X3aX7/PQdHvYj4/5Zzyf591x3r/c6W8qLBU8JUuJp9JSyVNlqeKptlTz\
    1MpSK55aW2rNUxtLbXhqa6ktToVrD849Fty593DvwcGHgw8uPlx8cPLh5IObDzcfHH04+uDqw9UHZx/OPrh7uXtx\
    93L34u61+Oe5e7l7cfdy9+Lu5e7F3cvdi7uXuxd3L3cv7l7uXtx9uvvk7tPdJ3ef7j65+1wsONx9uvvk7tPdJ3ef\
    7j65+3T3yd2nu0/uPt19cvfl7ou7L3df3H25++Luy90Xd1+LzZ67L3df3H25++Luy90Xd1/uvrj7cvfF3be7b+6+\
    3X1z9+3um7tvd9/cfbv75u57cdJy9+3um7tvd9/cfbv75u7b3fd/3P8C3lYvJMYRAAA=
    """
  )

  private static func unpacked(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map(Array.init) ?? []
  }
}
