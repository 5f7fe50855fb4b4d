import ConvolutionalNetworks
import FeatureVisualization

let picture = Tensor(shape: [1, 2, 2, 3], elements: (0..<12).map { Float($0) / 11 })
print("A dependent package made a picture of shape \(picture.shape).")
