# Draws fig9.svg and fig9.pdf from fig9.csv: gnuplot fig9.gp
set encoding utf8
set datafile separator ','
set tics out nomirror
set border 3
set xlabel 'byte' noenhanced
set ylabel 'count' noenhanced
set xrange [0:255]
set yrange [0:*]
set xtics 0,85,255
set key top right noenhanced samplen 2
set terminal svg size 1200,500 font 'Helvetica,12' background '#FFFFFF'
set output 'fig9.svg'
set multiplot layout 2,4 title 'Histograms of plaintext and ciphertext (the paper''s Fig. 9)' noenhanced
set title 'Lena gray: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::0::255 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'Lena gray: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::256::511 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'Lena colour: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::512::767 using 3:4 with steps linewidth 1.2 linecolor rgb '#D55E00' dashtype 1 title 'red', \
  'fig9.csv' skip 1 every ::768::1023 using 3:4 with steps linewidth 1.2 linecolor rgb '#009E73' dashtype 2 title 'green', \
  'fig9.csv' skip 1 every ::1024::1279 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 3 title 'blue'
set title 'Lena colour: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::1280::1535 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'Peppers gray: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::1536::1791 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'Peppers gray: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::1792::2047 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'Peppers colour: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::2048::2303 using 3:4 with steps linewidth 1.2 linecolor rgb '#D55E00' dashtype 1 title 'red', \
  'fig9.csv' skip 1 every ::2304::2559 using 3:4 with steps linewidth 1.2 linecolor rgb '#009E73' dashtype 2 title 'green', \
  'fig9.csv' skip 1 every ::2560::2815 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 3 title 'blue'
set title 'Peppers colour: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::2816::3071 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
unset multiplot
set terminal pdfcairo size 24.0cm,10.0cm font 'Helvetica,8'
set output 'fig9.pdf'
set multiplot layout 2,4 title 'Histograms of plaintext and ciphertext (the paper''s Fig. 9)' noenhanced
set title 'Lena gray: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::0::255 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'Lena gray: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::256::511 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'Lena colour: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::512::767 using 3:4 with steps linewidth 1.2 linecolor rgb '#D55E00' dashtype 1 title 'red', \
  'fig9.csv' skip 1 every ::768::1023 using 3:4 with steps linewidth 1.2 linecolor rgb '#009E73' dashtype 2 title 'green', \
  'fig9.csv' skip 1 every ::1024::1279 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 3 title 'blue'
set title 'Lena colour: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::1280::1535 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'Peppers gray: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::1536::1791 using 3:4 with steps linewidth 1.2 linecolor rgb '#000000' dashtype 1 notitle
set title 'Peppers gray: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::1792::2047 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
set title 'Peppers colour: plaintext' noenhanced
plot \
  'fig9.csv' skip 1 every ::2048::2303 using 3:4 with steps linewidth 1.2 linecolor rgb '#D55E00' dashtype 1 title 'red', \
  'fig9.csv' skip 1 every ::2304::2559 using 3:4 with steps linewidth 1.2 linecolor rgb '#009E73' dashtype 2 title 'green', \
  'fig9.csv' skip 1 every ::2560::2815 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 3 title 'blue'
set title 'Peppers colour: ciphertext' noenhanced
plot \
  'fig9.csv' skip 1 every ::2816::3071 using 3:4 with steps linewidth 1.2 linecolor rgb '#0072B2' dashtype 1 notitle
unset multiplot
unset output
