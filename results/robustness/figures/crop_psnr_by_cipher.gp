# Draws crop_psnr_by_cipher.svg, crop_psnr_by_cipher.pdf and crop_psnr_by_cipher.png from crop_psnr_by_cipher.csv: gnuplot crop_psnr_by_cipher.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Cropping of the ciphertext, by cipher (FCLBCNN) (bands: 95 % interval of the mean over seeds)' noenhanced
set xlabel 'share of the ciphertext lost' noenhanced
set ylabel 'PSNR (dB)' noenhanced
set tics out nomirror
set border 3
set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'
set key outside right center Left reverse noenhanced
set linetype 1 linecolor rgb '#0072B2' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.5
set linetype 2 linecolor rgb '#D55E00' dashtype 2 pointtype 5 pointsize 0.8 linewidth 1.5
set linetype 3 linecolor rgb '#009E73' dashtype 3 pointtype 9 pointsize 0.8 linewidth 1.5
set linetype 4 linecolor rgb '#CC79A7' dashtype 4 pointtype 13 pointsize 0.8 linewidth 1.5
set linetype 5 linecolor rgb '#000000' dashtype 5 pointtype 6 pointsize 0.8 linewidth 1.5
set linetype 6 linecolor rgb '#E69F00' dashtype 1 pointtype 4 pointsize 0.8 linewidth 1.5
set linetype 7 linecolor rgb '#56B4E9' dashtype 2 pointtype 8 pointsize 0.8 linewidth 1.5
set linetype 8 linecolor rgb '#F0E442' dashtype 3 pointtype 12 pointsize 0.8 linewidth 1.5
set linetype 9 linecolor rgb '#0072B2' dashtype 4 pointtype 7 pointsize 0.8 linewidth 1.5
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'crop_psnr_by_cipher.svg'
plot \
  'crop_psnr_by_cipher.csv' skip 1 every ::0::3 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::4::7 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::8::11 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::12::15 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::16::19 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::20::23 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::24::27 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::28::31 using 2:4:5 with filledcurves linecolor rgb '#F0E442' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::32::35 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::0::3 using 2:3 with linespoints linetype 1 title 'paper', \
  'crop_psnr_by_cipher.csv' skip 1 every ::4::7 using 2:3 with linespoints linetype 2 title 'hardened', \
  'crop_psnr_by_cipher.csv' skip 1 every ::8::11 using 2:3 with linespoints linetype 3 title 'hua2015', \
  'crop_psnr_by_cipher.csv' skip 1 every ::12::15 using 2:3 with linespoints linetype 4 title 'map_cipher, logistic', \
  'crop_psnr_by_cipher.csv' skip 1 every ::16::19 using 2:3 with linespoints linetype 5 title 'aes256_ctr', \
  'crop_psnr_by_cipher.csv' skip 1 every ::20::23 using 2:3 with linespoints linetype 6 title 'chacha20', \
  'crop_psnr_by_cipher.csv' skip 1 every ::24::27 using 2:3 with linespoints linetype 7 title 'aes256_gcm', \
  'crop_psnr_by_cipher.csv' skip 1 every ::28::31 using 2:3 with linespoints linetype 8 title 'chacha20_poly1305', \
  'crop_psnr_by_cipher.csv' skip 1 every ::32::35 using 2:3 with linespoints linetype 9 title 'aes256_siv'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'crop_psnr_by_cipher.pdf'
plot \
  'crop_psnr_by_cipher.csv' skip 1 every ::0::3 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::4::7 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::8::11 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::12::15 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::16::19 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::20::23 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::24::27 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::28::31 using 2:4:5 with filledcurves linecolor rgb '#F0E442' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::32::35 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::0::3 using 2:3 with linespoints linetype 1 title 'paper', \
  'crop_psnr_by_cipher.csv' skip 1 every ::4::7 using 2:3 with linespoints linetype 2 title 'hardened', \
  'crop_psnr_by_cipher.csv' skip 1 every ::8::11 using 2:3 with linespoints linetype 3 title 'hua2015', \
  'crop_psnr_by_cipher.csv' skip 1 every ::12::15 using 2:3 with linespoints linetype 4 title 'map_cipher, logistic', \
  'crop_psnr_by_cipher.csv' skip 1 every ::16::19 using 2:3 with linespoints linetype 5 title 'aes256_ctr', \
  'crop_psnr_by_cipher.csv' skip 1 every ::20::23 using 2:3 with linespoints linetype 6 title 'chacha20', \
  'crop_psnr_by_cipher.csv' skip 1 every ::24::27 using 2:3 with linespoints linetype 7 title 'aes256_gcm', \
  'crop_psnr_by_cipher.csv' skip 1 every ::28::31 using 2:3 with linespoints linetype 8 title 'chacha20_poly1305', \
  'crop_psnr_by_cipher.csv' skip 1 every ::32::35 using 2:3 with linespoints linetype 9 title 'aes256_siv'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'crop_psnr_by_cipher.png'
plot \
  'crop_psnr_by_cipher.csv' skip 1 every ::0::3 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::4::7 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::8::11 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::12::15 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::16::19 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::20::23 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::24::27 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::28::31 using 2:4:5 with filledcurves linecolor rgb '#F0E442' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::32::35 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'crop_psnr_by_cipher.csv' skip 1 every ::0::3 using 2:3 with linespoints linetype 1 title 'paper', \
  'crop_psnr_by_cipher.csv' skip 1 every ::4::7 using 2:3 with linespoints linetype 2 title 'hardened', \
  'crop_psnr_by_cipher.csv' skip 1 every ::8::11 using 2:3 with linespoints linetype 3 title 'hua2015', \
  'crop_psnr_by_cipher.csv' skip 1 every ::12::15 using 2:3 with linespoints linetype 4 title 'map_cipher, logistic', \
  'crop_psnr_by_cipher.csv' skip 1 every ::16::19 using 2:3 with linespoints linetype 5 title 'aes256_ctr', \
  'crop_psnr_by_cipher.csv' skip 1 every ::20::23 using 2:3 with linespoints linetype 6 title 'chacha20', \
  'crop_psnr_by_cipher.csv' skip 1 every ::24::27 using 2:3 with linespoints linetype 7 title 'aes256_gcm', \
  'crop_psnr_by_cipher.csv' skip 1 every ::28::31 using 2:3 with linespoints linetype 8 title 'chacha20_poly1305', \
  'crop_psnr_by_cipher.csv' skip 1 every ::32::35 using 2:3 with linespoints linetype 9 title 'aes256_siv'
unset output
