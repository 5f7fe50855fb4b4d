/// The order in which pairs of a place in the map and a layer of weights are computed: band by band of neighbouring
/// places, and within a band layer by layer.
///
/// Workers, who take neighbours in this order, then keep to places of their own and come back to few weights.
struct BandedGrid {
  private let places: Int
  private let layers: Int
  private let bands: Int

  init(places: Int, layers: Int, bands: Int) {
    (self.places, self.layers) = (places, layers)
    self.bands = max(1, min(bands, places))
  }

  var count: Int { places * layers }

  /// The pair that comes at this position.
  subscript(position: Int) -> (place: Int, layer: Int) {
    // Bands begin where `places * band / bands` is rounded down.
    var band = min(position / layers * bands / places, bands - 1)
    while start(band + 1) * layers <= position { band += 1 }
    while start(band) * layers > position { band -= 1 }
    let (first, width) = (start(band), start(band + 1) - start(band))
    let inside = position - first * layers
    return (first + inside % width, inside / width)
  }

  private func start(_ band: Int) -> Int { places * band / bands }
}
