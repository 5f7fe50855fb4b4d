void cfv_placeholder(void);
