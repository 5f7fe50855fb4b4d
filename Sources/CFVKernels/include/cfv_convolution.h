#ifndef CFV_CONVOLUTION_H
#define CFV_CONVOLUTION_H

// How a window slides over one image of `height` × `width` cells with `channels` channels.
typedef struct {
  long height, width, channels;
  long out_height, out_width;
  long kernel_height, kernel_width;
  long stride_height, stride_width;
  long dilation_height, dilation_width;
  long padding_top, padding_left;
} cfv_window;

// Copies the windows of the output positions first ..< last (counted over all images) into rows of `columns`:
// row = position, column = (kernel row, kernel column, channel) for `count` channels from `channel` on.
void cfv_image_to_columns(const cfv_window *window, const float *images, long first, long last,
                          long channel, long count, float *columns);

// The adjoint for one image: adds rows of windows back into the cells they were copied from.
// `first` and `last` are output positions within the image.
void cfv_columns_to_image(const cfv_window *window, const float *columns, long first, long last,
                          long channel, long count, float *image);

// The most window cells of a depthwise convolution.
enum { CFV_DEPTHWISE_CELLS = 1024 };

#endif
